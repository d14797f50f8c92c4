package io.aipaging.nef;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.aipaging.sbi.config.Configuration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NefLoggingIT {
  private static final String CONFIG =
      """
      nf-instance-id: nef-1
      aipf:
        client: {base-uri: "http://127.0.0.1:9"}
      apps: []
      tracing: {endpoint: "http://127.0.0.1:9/v1/traces"}
      logging: {format: %s}
      """;

  private final OutputStreamAppender<ILoggingEvent> appender = appender();
  private final Encoder<ILoggingEvent> usual = appender.getEncoder();

  /** However it is started: by its own main or by the command. */
  @Test
  void aFunctionLogsAsItsConfigurationSays() {
    try {
      NefMain.start(config("text")).close();
      assertThat(appender.getEncoder()).isSameAs(usual);
      NefMain.start(config("json")).close();
      assertThat(appender.getEncoder()).isInstanceOf(JsonEncoder.class);
    } finally {
      appender.setEncoder(usual);
    }
  }

  private static NefConfig config(String format) {
    return Configuration.parse(NefConfig.class, CONFIG.formatted(format), Map.of(), "AIPAGING_NEF");
  }

  private static OutputStreamAppender<ILoggingEvent> appender() {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    return (OutputStreamAppender<ILoggingEvent>) root.iteratorForAppenders().next();
  }
}
