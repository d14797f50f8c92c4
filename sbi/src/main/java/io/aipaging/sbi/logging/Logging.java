package io.aipaging.sbi.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the process log as it is configured; functions of one process share what is last said. */
public final class Logging {
  private Logging() {}

  /** Applies {@code config}; null leaves everything as it is. */
  public static void apply(@Nullable LoggingConfig config) {
    if (config != null && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      apply(config, context);
    }
  }

  static void apply(LoggingConfig config, LoggerContext context) {
    Iterator<Appender<ILoggingEvent>> appenders =
        context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
    while (appenders.hasNext()) {
      if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> stream) {
        if (config.format() == LoggingConfig.Format.JSON) {
          stream.setEncoder(json(context));
        }
        correlate(stream);
      }
    }
  }

  private static void correlate(OutputStreamAppender<ILoggingEvent> appender) {
    if (appender.getCopyOfAttachedFiltersList().stream()
        .noneMatch(CorrelationFilter.class::isInstance)) {
      CorrelationFilter filter = new CorrelationFilter();
      filter.start();
      appender.addFilter(filter);
    }
  }

  /** Without what no reader needs; the message is whole, its arguments are not repeated. */
  private static JsonEncoder json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
