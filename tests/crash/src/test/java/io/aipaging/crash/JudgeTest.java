package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.openapi.paging.SessionQos;
import io.aipaging.protocol.EvidenceRecord;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the judge lets pass, and that it sees every fault it is there for. */
class JudgeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant EXP = NOW.plusSeconds(20);
  private static final Instant END = NOW.plusSeconds(600);

  @Test
  void whatIsAsToldOrFurtherIsNoFault() {
    Told told = Told.of(active(lease("l1", "SERVING", 2, EXP)), NOW);
    assertThat(judge(told, active(lease("l1", "SERVING", 2, EXP)))).isEmpty();
    assertThat(judge(told, active(lease("l1", "SERVING", 3, EXP.plusSeconds(10))))).isEmpty();
    assertThat(
            judge(
                told,
                session(
                    "RELOCATING",
                    lease("l2", "SERVING", 3, EXP),
                    lease("l1", "DRAINING", 4, NOW.plusSeconds(1)))))
        .isEmpty();
    assertThat(judge(told, active(lease("l2", "SERVING", 3, EXP)))).isEmpty();
  }

  @Test
  void aSessionThatIsGoneIsAFaultUntilItCouldBeForgotten() {
    Told told = Told.of(active(lease("l1", "SERVING", 2, EXP)), NOW);
    Instant forgotten = NOW.plus(Judge.READABLE);
    assertThat(Judge.of(told, told, Optional.empty(), forgotten.minusMillis(1)))
        .singleElement()
        .asString()
        .contains("is lost");
    assertThat(Judge.of(told, told, Optional.empty(), forgotten)).isEmpty();
  }

  @Test
  void anOlderGenerationIsAFault() {
    Told told = Told.of(active(lease("l1", "SERVING", 2, EXP)), NOW);
    assertFault(judge(told, active(lease("l1", "SERVING", 1, EXP))), "has not kept its lease");
    assertFault(judge(told, active(lease("l0", "SERVING", 1, EXP))), "has not kept its lease");
    assertFault(judge(told, session("PREPARING")), "has not kept its lease");
  }

  @Test
  void aShorterLeaseOrSessionIsAFault() {
    Told told = Told.of(active(lease("l1", "SERVING", 2, EXP)), NOW);
    assertFault(
        judge(told, active(lease("l1", "SERVING", 2, EXP.minusMillis(1)))),
        "has not kept its lease");
    Told longer = told.and(Told.of(until(END.plusMillis(1), "ACTIVE"), NOW));
    assertFault(
        judge(longer, active(lease("l1", "SERVING", 2, EXP))), "ends earlier than promised");
  }

  @Test
  void anEndBeforeTheLeasesIsAFaultUnlessSomebodyAskedForIt() {
    Told told = Told.of(active(lease("l1", "SERVING", 2, EXP)), NOW);
    Session ended = session("EXPIRED", lease("l1", "ENDED", 2, EXP));
    assertFault(judge(told, ended), "ended by itself");
    assertThat(Judge.of(told, told, Optional.of(ended), EXP)).isEmpty();
    Told asked = told.ending(Told.End.ASKED);
    assertThat(Judge.of(told, asked, Optional.of(ended), NOW)).isEmpty();
  }

  @Test
  void whatWasReleasedOrTerminalDoesNotComeBack() {
    Told told = Told.of(active(lease("l1", "SERVING", 2, EXP)), NOW);
    Session living = active(lease("l1", "SERVING", 2, EXP));
    assertThat(judge(told.ending(Told.End.ASKED), living)).isEmpty();
    assertFault(judge(told.ending(Told.End.ANSWERED), living), "release was answered");
    Told over = told.ending(Told.End.ASKED).and(Told.of(session("RELEASED"), NOW));
    assertFault(judge(over, living), "lives again after RELEASED");
    assertFault(judge(over, session("EXPIRED")), "is no longer RELEASED");
    assertThat(judge(over, session("RELEASED"))).isEmpty();
  }

  @Test
  void evidenceMustBeUnbrokenAndHaveEverythingThatWasTold() {
    EvidenceRecord first = record(1, EvidenceRecord.GENESIS, 1, "ACTIVE");
    EvidenceRecord second =
        record(2, io.aipaging.protocol.Crypto.sha256Hex(first.canonical()), 2, "SERVING");
    List<String> chain = List.of(first.canonical(), second.canonical());
    Told told = Told.of(active(lease("l1", "SERVING", 2, EXP)), NOW).obeyed(1);
    assertThat(Judge.evidence(told, chain)).isEmpty();
    assertFault(Judge.evidence(told.obeyed(3), chain), "no record of generations [3]");
    assertFault(Judge.evidence(told, List.of(first.canonical())), "no record of generations [2]");
    assertFault(Judge.evidence(told, List.of(second.canonical())), "record 1:");
    assertFault(Judge.evidence(told, List.of()), "no record of generations [1, 2]");
    Told over = told.and(Told.of(session("RELEASED"), NOW));
    assertFault(Judge.evidence(over, chain), "its last state is SERVING, not RELEASED");
  }

  private static EvidenceRecord record(long seq, String previous, long gen, String to) {
    return new EvidenceRecord(
        NOW,
        "LEASE_RENEWED",
        new SessionId("session-1"),
        new LeaseId("lease-01"),
        gen,
        null,
        null,
        null,
        to,
        null,
        null,
        "pseudonym-of-nobody",
        null,
        seq,
        previous);
  }

  private static List<String> judge(Told told, Session seen) {
    return Judge.of(told, told, Optional.of(seen), NOW);
  }

  private static void assertFault(List<String> faults, String words) {
    assertThat(faults).singleElement().asString().contains(words);
  }

  private static Session active(SessionLease... leases) {
    return session("ACTIVE", leases);
  }

  static Session session(String state, SessionLease... leases) {
    return until(END, state, leases);
  }

  private static Session until(Instant expiresAt, String state, SessionLease... leases) {
    return session("session-1", expiresAt, state, leases);
  }

  static Session session(String id, Instant expiresAt, String state, SessionLease... leases) {
    return new Session(
        id,
        null,
        state,
        null,
        "127.1.0.1",
        null,
        null,
        null,
        null,
        null,
        expiresAt,
        END.plusSeconds(86_400),
        new SessionQos("CONFIRMED", null, null),
        List.of(leases),
        null);
  }

  static SessionLease lease(String id, String state, long gen, Instant expiresAt) {
    return new SessionLease(id, "a", "dnai-a", state, gen, expiresAt, null);
  }
}
