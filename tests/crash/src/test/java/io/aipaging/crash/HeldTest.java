package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.paging.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What enforcers may hold, and that everything they may not is seen. */
class HeldTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant EXP = NOW.plusSeconds(20);
  private static final Instant END = NOW.plusSeconds(600);
  private static final Held GRANT = new Held("gate", "session-1", "l1", 2, "serve", EXP);

  @Test
  void whatTheStoreKnowsIsNoFault() {
    var store = store(live("session-1", "l1", 2));
    assertThat(Held.faults(List.of(GRANT), store)).isEmpty();
    assertThat(Held.strays(List.of(GRANT), store)).isEmpty();
  }

  @Test
  void aSessionTheStoreNeverHadIsAFault() {
    assertFault(Held.faults(List.of(GRANT), Map.of()), "lost the session");
  }

  @Test
  void aGenerationTheStoreNeverHadIsAFault() {
    assertFault(Held.faults(List.of(GRANT), store(live("session-1", "l1", 1))), "has lost what");
  }

  @Test
  void aLongerLifeThanTheLeaseIsAFault() {
    Held longer = new Held("gate", "session-1", "l1", 2, "serve", EXP.plusMillis(1));
    assertFault(
        Held.faults(List.of(longer), store(live("session-1", "l1", 2))),
        "lasts longer than its lease");
  }

  @Test
  void twoSessionsWithOneFlowAreAFault() {
    var store = store(live("session-1", "l1", 2), live("session-2", "l2", 2));
    Held other = new Held("gate", "session-2", "l2", 2, "serve", EXP);
    assertFault(Held.faults(List.of(GRANT, other), store), "two own the flow of 127.1.0.1");
  }

  @Test
  void anOlderServeBesideANewerOneAtTheGateIsSeen() {
    Held newer = new Held("gate", "session-1", "l9", 3, "serve", EXP);
    Held draining = new Held("gate", "session-1", "l8", 1, "drain", EXP);
    Held atAnchor = new Held("anchor a", "session-1", "l2", 2, "serve", EXP);
    assertThat(Held.superseded(List.of(GRANT, newer, draining, atAnchor))).containsExactly(GRANT);
    assertThat(Held.superseded(List.of(newer, draining, atAnchor))).isEmpty();
  }

  @Test
  void whatIsOverInTheStoreStraysAndWhatIsEndingDoesNot() {
    assertThat(Held.strays(List.of(GRANT), store(live("session-1", "l2", 3)))).isNotEmpty();
    Session ended = JudgeTest.session("session-1", END, "RELEASED");
    assertThat(Held.strays(List.of(GRANT), store(ended))).isNotEmpty();
    Session ending = JudgeTest.session("session-1", END, "ENDING");
    assertThat(Held.strays(List.of(GRANT), store(ending))).isEmpty();
  }

  @Test
  void aStrayIsAFaultWhenItStaysAndNoneWhenItGoes() {
    Strays strays = new Strays(Duration.ofSeconds(5));
    assertThat(strays.note(List.of("x", "y"), NOW)).isEmpty();
    assertThat(strays.note(List.of("x"), NOW.plusSeconds(5))).isEmpty();
    assertFault(strays.note(List.of("x", "y"), NOW.plusSeconds(6)), "x has strayed");
  }

  private static void assertFault(List<String> faults, String words) {
    assertThat(faults).singleElement().asString().contains(words);
  }

  private static Session live(String id, String lease, long gen) {
    return JudgeTest.session(id, END, "ACTIVE", JudgeTest.lease(lease, "SERVING", gen, EXP));
  }

  private static Map<String, Session> store(Session... sessions) {
    return java.util.Arrays.stream(sessions)
        .collect(java.util.stream.Collectors.toMap(Session::sessionId, session -> session));
  }
}
