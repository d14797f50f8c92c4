package io.aipaging.sbi.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class AuditTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Audit audit = new Audit(nanos::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
  }

  @Test
  void tenLinesASecondAreWrittenAndTheNextSaysHowManyWereNot() {
    for (int i = 0; i < 25; i++) {
      audit.note(Audit.Event.TOKEN_REJECTED, Map.of("peer", "192.0.2.1"));
    }
    assertThat(lines.list).hasSize(10);
    nanos.addAndGet(1_000_000_000L);
    audit.note(Audit.Event.TOKEN_REJECTED, Map.of("peer", "192.0.2.1"));
    assertThat(lines.list).hasSize(11);
    assertThat(lines.list.getLast().getLevel()).isEqualTo(Level.WARN);
    assertThat(lines.list.getLast().getKeyValuePairs())
        .contains(
            new KeyValuePair("event", Audit.Event.TOKEN_REJECTED),
            new KeyValuePair("peer", "192.0.2.1"),
            new KeyValuePair("unwritten", 15L));
  }

  @Test
  void oneKindOfEventDoesNotHideAnother() {
    for (int i = 0; i < 25; i++) {
      audit.note(Audit.Event.TOKEN_REJECTED, Map.of());
    }
    audit.note(Audit.Event.REQUEST_FORBIDDEN, Map.of());
    assertThat(lines.list).hasSize(11);
  }
}
