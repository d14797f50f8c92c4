package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.aipaging.sbi.fixture.Shelf;
import io.aipaging.sbi.fixture.Shelf.Wire;
import io.aipaging.sbi.logging.Audit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** S-100 and S-101 of the checklist. */
class RequestLogIT {
  private static final String THINGS = "/nthing-shelf/v1/things";

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.aipaging.sbi.requests");
  private final Logger audit = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final ListAppender<ILoggingEvent> audited = new ListAppender<>();
  @TempDir Path folder;
  private Shelf shelf;

  @BeforeEach
  void start() throws Exception {
    lines.start();
    logger.addAppender(lines);
    audited.start();
    audit.addAppender(audited);
    logger.setLevel(Level.INFO);
    shelf = Shelf.start(Wire.H2C, folder);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    audit.detachAppender(audited);
    logger.setLevel(null);
    shelf.close();
  }

  @Test
  void aServedRequestLeavesNoLine() {
    shelf.send("POST", THINGS, "{\"name\":\"a\"}");
    assertThat(lines.list).isEmpty();
  }

  @Test
  void aRefusedRequestLeavesOneLineThatSaysWhichAndWhy() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    shelf.send(
        "POST",
        THINGS,
        "{\"name\":\"refused\"}",
        "traceparent",
        "00-" + trace + "-b7ad6b7169203331-01");
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.INFO);
    assertThat(fields(lines.list.getFirst()))
        .containsEntry("operation", "CreateThing")
        .containsEntry("status", 403)
        .containsEntry("cause", "NOT_LIKED")
        .containsEntry("consumer", "nf-1")
        .containsEntry("peer", "127.0.0.1")
        .containsEntry("correlation", trace)
        .containsKey("tookMs");
  }

  @Test
  void aFailureLeavesItsReasonToTheLogOnly() {
    shelf.send("POST", THINGS, "{\"name\":\"broken\"}");
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.ERROR);
    assertThat(lines.list.get(1).getThrowableProxy().getMessage()).isEqualTo(Shelf.SECRET_TEXT);
    assertThat(fields(lines.list.get(1)).get("correlation"))
        .isEqualTo(fields(lines.list.get(0)).get("correlation"));
  }

  @Test
  void nothingThePeerWroteGetsIntoALine() {
    String token = shelf.tokens.token("nf-1", "other");
    shelf.send("GET", THINGS, null, "Authorization", "Bearer " + token);
    shelf.send("GET", "/imsi-001010000000001", null);
    shelf.send("GET", THINGS + "?x=imsi-001010000000001", null);
    shelf.send("POST", THINGS, "{\"supi\":\"imsi-001010000000001\"}");
    shelf.send(
        "GET",
        "/nope",
        null,
        "3gpp-Sbi-Correlation-Info",
        "imsi-001010000000001",
        "traceparent",
        "imsi-001010000000001");
    assertThat(lines.list).hasSize(5);
    String all =
        lines.list.stream().map(e -> e + " " + e.getKeyValuePairs()).collect(Collectors.joining());
    assertThat(all).doesNotContain("imsi-").doesNotContain(token);
  }

  @Test
  void whoIsRefusedIsAuditedAndNothingIsRepeatedThatWasShown() {
    String foreign = shelf.tokens.token("nf-1", "other");
    shelf.send("GET", THINGS, null, "Authorization", "Bearer eyJ.imsi-001010000000001.x");
    shelf.send("GET", THINGS, null, "Authorization", null);
    shelf.send("GET", THINGS, null, "Authorization", "Bearer " + foreign);
    shelf.send("POST", THINGS, "{\"name\":\"refused\"}");
    shelf.send("POST", THINGS, "{\"name\":\"taken\"}");
    shelf.send("POST", THINGS, "{\"name\":\"a\"}");
    assertThat(
            audited.list.stream()
                .map(line -> fields(line).get("event") + " " + fields(line).get("cause")))
        .containsExactly(
            "TOKEN_REJECTED INVALID_TOKEN",
            "TOKEN_REJECTED TOKEN_MISSING",
            "REQUEST_FORBIDDEN INSUFFICIENT_SCOPE",
            "REQUEST_FORBIDDEN NOT_LIKED");
    assertThat(fields(audited.list.getLast()))
        .containsEntry("peer", "127.0.0.1")
        .containsEntry("consumer", "nf-1")
        .containsEntry("operation", "CreateThing")
        .containsKey("correlation");
    assertThat(
            audited.list.stream()
                .map(line -> line + " " + line.getKeyValuePairs())
                .collect(Collectors.joining()))
        .doesNotContain("imsi-")
        .doesNotContain("eyJ")
        .doesNotContain(foreign);
  }

  @Test
  void controlCharactersAreReplaced() {
    assertThat(RequestLog.safe("a\r\nb\tc\u001b[0m\u0085\u2028d")).isEqualTo("a??b?c?[0m??d");
    assertThat(RequestLog.safe("x".repeat(500))).hasSize(128);
  }

  private static Map<String, Object> fields(ILoggingEvent event) {
    List<org.slf4j.event.KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs.stream().collect(Collectors.toMap(p -> p.key, p -> p.value));
  }
}
