package io.aipaging.sbi.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.aipaging.sbi.trace.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Adds the field {@code correlation} to every line that is written for a request: its trace id
 * where there is one. Costs nothing as long as nothing is logged.
 */
public final class CorrelationFilter extends Filter<ILoggingEvent> {
  private static final String FIELD = "correlation";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    Work work = Work.current();
    if (work != null && event instanceof LoggingEvent line && !has(line.getKeyValuePairs())) {
      line.addKeyValuePair(new KeyValuePair(FIELD, work.correlation()));
    }
    return FilterReply.NEUTRAL;
  }

  private static boolean has(@Nullable List<KeyValuePair> fields) {
    return fields != null && fields.stream().anyMatch(field -> FIELD.equals(field.key));
  }
}
