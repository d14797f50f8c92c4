package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.MACHINE;
import static io.aipaging.aipf.lease.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Lease-protocol §4: which event moves a session from which state to which, and no other. */
class StateTableTest {
  private static final Path DOCUMENT = Path.of("../docs/states.md");
  private static final String BEGIN = "<!-- table -->\n";
  private static final String END = "<!-- /table -->\n";
  private static final Map<String, Supplier<Session>> STATES = new LinkedHashMap<>();
  private static final Map<String, Function<Session, SessionEvent>> EVENTS = new LinkedHashMap<>();

  /** Every legal move. What is not here is refused, and the table is complete. */
  private static final Map<String, Map<String, String>> LEGAL =
      Map.ofEntries(
          Map.entry("PREPARING", Map.of("committed", "PREPARING", "ended", "ENDING")),
          Map.entry("PREPARING committed", Map.of("activated", "ACTIVE", "ended", "ENDING")),
          Map.entry(
              "ACTIVE",
              Map.of(
                  "renewed", "ACTIVE",
                  "extended", "ACTIVE",
                  "qosReported", "ACTIVE",
                  "moveDecided", "RELOCATING",
                  "ended", "ENDING")),
          Map.entry(
              "ACTIVE draining",
              Map.of(
                  "renewed", "ACTIVE",
                  "extended", "ACTIVE",
                  "qosReported", "ACTIVE",
                  "drainEnded", "ACTIVE",
                  "ended", "ENDING")),
          Map.entry(
              "ACTIVE removing",
              Map.of(
                  "renewed", "ACTIVE",
                  "extended", "ACTIVE",
                  "qosReported", "ACTIVE",
                  "moveDecided", "RELOCATING",
                  "leaseRemoved", "ACTIVE",
                  "ended", "ENDING")),
          Map.entry(
              "RELOCATING decided",
              Map.of("targetCommitted", "RELOCATING", "keptOldPath", "ACTIVE", "ended", "ENDING")),
          Map.entry(
              "RELOCATING target committed",
              Map.of("switched", "RELOCATING", "keptOldPath", "ACTIVE", "ended", "ENDING")),
          Map.entry(
              "RELOCATING waiting",
              Map.of("pathChanged", "RELOCATING", "keptOldPath", "ACTIVE", "ended", "ENDING")),
          Map.entry(
              "RELOCATING switched",
              Map.of("moved", "ACTIVE", "switchedBack", "RELOCATING", "ended", "ENDING")),
          Map.entry(
              "RELOCATING switched back", Map.of("oldPathRestored", "ACTIVE", "ended", "ENDING")),
          Map.entry("ENDING", Map.of("finished", "RELEASED")));

  static {
    STATES.put("PREPARING", Samples::preparing);
    STATES.put("PREPARING committed", Samples::preparingCommitted);
    STATES.put("ACTIVE", Samples::active);
    STATES.put("ACTIVE draining", Samples::draining);
    STATES.put("ACTIVE removing", Samples::removing);
    STATES.put("RELOCATING decided", Samples::decided);
    STATES.put("RELOCATING target committed", Samples::targetCommitted);
    STATES.put("RELOCATING waiting", Samples::waiting);
    STATES.put("RELOCATING switched", Samples::switched);
    STATES.put("RELOCATING switched back", Samples::switchedBack);
    STATES.put("ENDING", Samples::ending);
    STATES.put("RELEASED", Samples::terminal);
    EVENTS.put("committed", s -> Samples.committed(s, NOW));
    EVENTS.put("activated", s -> Samples.activated(s, NOW));
    EVENTS.put("renewed", s -> Samples.renewed(s, NOW));
    EVENTS.put("extended", s -> Samples.extended(s, Duration.ofMinutes(1), NOW));
    EVENTS.put(
        "qosReported", s -> new SessionEvent.QosReported(QosStanding.enforcement("CONFIRMED")));
    EVENTS.put("moveDecided", s -> Samples.moveDecided("TEST"));
    EVENTS.put("targetCommitted", s -> Samples.targetCommitted(s, NOW));
    EVENTS.put("pathChanged", s -> Samples.pathChanged());
    EVENTS.put("switched", s -> Samples.switched(s, NOW));
    EVENTS.put("moved", s -> new SessionEvent.Moved());
    EVENTS.put("keptOldPath", s -> Samples.keptOldPath(s, NOW));
    EVENTS.put("switchedBack", s -> Samples.switchedBack(s, NOW));
    EVENTS.put("oldPathRestored", s -> new SessionEvent.OldPathRestored());
    EVENTS.put("drainEnded", s -> Samples.drainEnded(s, NOW));
    EVENTS.put("leaseRemoved", StateTableTest::leaseRemoved);
    EVENTS.put("ended", s -> Samples.ended(s, Samples.RELEASE, NOW));
    EVENTS.put("finished", s -> new SessionEvent.Finished());
  }

  private static SessionEvent leaseRemoved(Session session) {
    List<Lease.Ended> removing = session.state().removing();
    return new SessionEvent.LeaseRemoved(
        removing.isEmpty() ? Samples.hold(Samples.A).id() : removing.getFirst().id());
  }

  @TestFactory
  Stream<DynamicTest> everyPairOfStateAndEventIsLegalOrRefused() {
    List<DynamicTest> tests = new ArrayList<>();
    STATES.forEach(
        (state, make) ->
            EVENTS.forEach(
                (event, of) ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            state + " · " + event, () -> check(state, make.get(), event, of)))));
    return tests.stream();
  }

  private static void check(
      String state, Session session, String event, Function<Session, SessionEvent> of) {
    String to = LEGAL.getOrDefault(state, Map.of()).get(event);
    switch (MACHINE.decide(session, of.apply(session), NOW)) {
      case Decision.Legal(Transition transition) -> {
        assertThat(transition.after().state().name()).isEqualTo(to);
        assertThat(transition.after().version()).isEqualTo(session.version() + 1);
        assertThat(transition.evidence().session()).isEqualTo(session.id());
      }
      case Decision.Illegal(String cause) -> assertThat(to).as(cause).isNull();
    }
  }

  /** {@code -Drewrite} writes the table anew; a person reads the difference. */
  @Test // L4.1
  void theDocumentsShowThisTable() throws IOException {
    String document = Files.readString(DOCUMENT);
    int from = document.indexOf(BEGIN) + BEGIN.length();
    int to = document.indexOf(END);
    assertThat(from).isLessThanOrEqualTo(to);
    if (System.getProperty("rewrite") != null) {
      Files.writeString(DOCUMENT, document.substring(0, from) + table() + document.substring(to));
      return;
    }
    assertThat(document.substring(from, to)).isEqualTo(table());
  }

  /** As the machine answers, not as the table above says. */
  private static String table() {
    StringBuilder rows = new StringBuilder("| in state | event | becomes | evidence | effects |\n");
    rows.append("|---|---|---|---|---|\n");
    STATES.forEach(
        (name, make) ->
            EVENTS.forEach(
                (event, of) -> {
                  Session session = make.get();
                  if (MACHINE.decide(session, of.apply(session), NOW)
                      instanceof Decision.Legal(Transition moved)) {
                    rows.append(row(name, event, moved));
                  }
                }));
    return rows.toString();
  }

  private static String row(String state, String event, Transition moved) {
    String effects =
        moved.effects().stream()
            .map(effect -> effect.getClass().getSimpleName())
            .collect(Collectors.joining(", "));
    return "| "
        + String.join(
            " | ",
            state,
            event,
            moved.after().state().name(),
            "`" + moved.evidence().type() + "`",
            effects.isEmpty() ? "–" : effects)
        + " |\n";
  }
}
