package io.aipaging.sbi.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.trace.Work;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggingTest {
  private static final String ID = "0af7651916cd43dd8448eb211c80319c";
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  LoggingTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    PatternLayoutEncoder pattern = new PatternLayoutEncoder();
    pattern.setContext(context);
    pattern.setPattern("%-5level %msg %kvp%n");
    pattern.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(pattern);
    appender.setOutputStream(written);
    CorrelationFilter filter = new CorrelationFilter();
    filter.start();
    appender.addFilter(filter);
    appender.start();
    context.getLogger("ROOT").addAppender(appender);
  }

  @Test
  void aLineIsOneJsonObjectWhateverIsInIt() throws Exception {
    Logging.apply(config("json"), context);
    logger()
        .atWarn()
        .addKeyValue("status", 403)
        .addKeyValue("cause", "A\"B\nC")
        .setCause(new IllegalStateException("line one\nline two"))
        .log("refused\nby {}", "somebody");

    assertThat(lines()).hasSize(1);
    JsonNode line = Json.tree(lines().getFirst().getBytes(StandardCharsets.UTF_8));
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("formattedMessage").asText()).isEqualTo("refused\nby somebody");
    assertThat(line.path("kvpList").toString()).contains("{\"cause\":\"A\\\"B\\nC\"}");
    assertThat(line.path("throwable").path("className").asText()).contains("IllegalState");
    assertThat(line.path("timestamp").isNumber()).isTrue();
  }

  @Test
  void linesOfARequestShareItsId() {
    Logging.apply(config("json"), context);
    Work work = Work.untraced(ID);
    work.run(() -> logger().info("one"));
    work.run(
        () -> {
          Thread other = Thread.ofVirtual().unstarted(Work.carried(() -> logger().info("two")));
          other.start();
          join(other);
        });
    logger().info("of no request");
    assertThat(lines().get(0)).contains("{\"correlation\":\"" + ID + "\"}");
    assertThat(lines().get(1)).contains("two").contains("{\"correlation\":\"" + ID + "\"}");
    assertThat(lines().get(2)).doesNotContain("correlation");
  }

  @Test
  void textStaysTextAndIsCorrelatedToo() {
    Logging.apply(config("text"), context);
    Work.untraced(ID).run(() -> logger().info("one"));
    Work.untraced(ID).run(() -> logger().atInfo().addKeyValue("correlation", "its own").log("two"));
    assertThat(lines())
        .containsExactly(
            "INFO  one correlation=\"" + ID + "\"", "INFO  two correlation=\"its own\"");
  }

  private static LoggingConfig config(String format) {
    return Configuration.parse(LoggingConfig.class, "format: " + format, Map.of(), "AIPAGING_TEST");
  }

  private Logger logger() {
    return context.getLogger("io.aipaging.test");
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
