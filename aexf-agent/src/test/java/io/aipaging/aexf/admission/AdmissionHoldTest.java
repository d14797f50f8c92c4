package io.aipaging.aexf.admission;

import static io.aipaging.aexf.admission.AdmissionKit.MARGIN;
import static io.aipaging.aexf.admission.AdmissionKit.TERM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.openapi.admission.CreateHold;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What becomes of a hold. */
class AdmissionHoldTest {
  private static final String LEASE = "lease-0001";
  private static final String OTHER_LEASE = "lease-0002";
  private static final String SESSION = "session-0001";
  private static final String OTHER_SESSION = "session-0002";

  private final AdmissionKit kit = new AdmissionKit(2);

  @Test // L6.1
  void aHoldBecomesALeaseThatEndsByItselfBeforeExp() {
    kit.hold(LEASE, SESSION);
    assertThat(kit.live(SESSION)).isNull();
    AdmittedLease admitted = kit.serve(LEASE, SESSION, 1);
    assertThat(admitted.remainingMs()).isEqualTo(TERM.minus(MARGIN).toMillis());
    assertThat(kit.live(SESSION).gen()).isEqualTo(1);
    kit.time.pass(TERM.minus(MARGIN).minusNanos(1));
    assertThat(kit.live(SESSION)).isNotNull();
    kit.time.pass(Duration.ofNanos(1));
    assertThat(kit.live(SESSION)).isNull();
    assertThat(kit.status().slotsHeld()).isZero();
    assertThat(kit.service.expiredLeases()).isEqualTo(1);
    assertThat(kit.service.liveLeases()).isZero();
  }

  @Test // L4.5
  void aHoldFallsFreeByItselfAndCannotBePostedAfterwards() {
    kit.hold(LEASE, SESSION, 100);
    assertThat(kit.status().slotsHeld()).isEqualTo(1);
    kit.time.pass(Duration.ofMillis(100));
    assertThat(kit.status().slotsHeld()).isZero();
    assertThat(refusal(() -> kit.serve(LEASE, SESSION, 1)).detail()).contains("expired");
  }

  @Test
  void aReleasedHoldCannotBePosted() {
    kit.hold(LEASE, SESSION);
    kit.release(LEASE);
    kit.release(LEASE);
    Refusal refusal = refusal(() -> kit.serve(LEASE, SESSION, 1));
    assertThat(refusal.problemCause()).isEqualTo("HOLD_NOT_FOUND");
    assertThat(refusal.detail()).contains("released");
  }

  @Test
  void aCommitWithoutHoldIsRefused() {
    assertRefused(409, "HOLD_NOT_FOUND", () -> kit.serve(LEASE, SESSION, 1));
    assertThat(kit.live(SESSION)).isNull();
  }

  @Test
  void aHoldOfAnotherSessionIsNotPosted() {
    kit.hold(LEASE, OTHER_SESSION);
    assertRefused(409, "HOLD_NOT_FOUND", () -> kit.serve(LEASE, SESSION, 1));
  }

  @Test
  void repeatedHoldsAnswerAsTheFirstAndTakeOneSlot() {
    var first = kit.hold(LEASE, SESSION);
    kit.time.pass(Duration.ofSeconds(1));
    assertThat(kit.hold(LEASE, SESSION)).isEqualTo(first);
    assertThat(kit.status().slotsHeld()).isEqualTo(1);
    assertRefused(409, "LEASE_IN_USE", () -> kit.hold(LEASE, OTHER_SESSION));
  }

  @Test
  void aPostedHoldCannotBeReleasedNorHeldAgain() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    assertRefused(409, "HOLD_POSTED", () -> kit.release(LEASE));
    assertRefused(409, "LEASE_IN_USE", () -> kit.hold(LEASE, SESSION));
    assertThat(kit.live(SESSION)).isNotNull();
  }

  @Test
  void noMoreSlotsAreGivenThanThereAre() {
    kit.hold(LEASE, SESSION);
    kit.hold(OTHER_LEASE, OTHER_SESSION);
    Refusal refusal = refusal(() -> kit.hold("lease-0003", "session-0003"));
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.retryAfter()).isPositive();
  }

  @Test
  void anUnhealthyOrDrainingAnchorTakesNoNewSessions() {
    kit.healthy = false;
    assertRefused(503, "INSUFFICIENT_RESOURCES", () -> kit.hold(LEASE, SESSION));
    kit.healthy = true;
    assertThat(kit.drain(true).draining()).isTrue();
    assertRefused(503, "INSUFFICIENT_RESOURCES", () -> kit.hold(LEASE, SESSION));
    assertThat(kit.status().draining()).isTrue();
    assertThat(kit.drain(false).draining()).isFalse();
    kit.hold(LEASE, SESSION);
  }

  @Test
  void membersAreCheckedInProcessToo() {
    assertRefused(400, "MANDATORY_IE_INCORRECT", () -> kit.hold(LEASE, SESSION, 99));
    assertRefused(400, "MANDATORY_IE_INCORRECT", () -> kit.hold(LEASE, SESSION, 60_001));
    assertRefused(400, "MANDATORY_IE_INCORRECT", () -> kit.hold("x", SESSION));
    assertRefused(400, "MANDATORY_IE_INCORRECT", () -> kit.hold(LEASE, "a b c d e"));
    assertRefused(
        403,
        "AISI_NOT_SERVED",
        () ->
            kit.service.createHold(
                kit.call(),
                new CreateHold(LEASE, SESSION, "urn:aisi:example.net:chat:basic:1", 5_000)));
  }

  private static void assertRefused(int status, String cause, ThrowingCallable action) {
    Refusal refusal = refusal(action);
    assertThat(refusal.problemCause()).as(refusal.detail()).isEqualTo(cause);
    assertThat(refusal.status()).isEqualTo(status);
  }

  private static Refusal refusal(ThrowingCallable action) {
    Refusal refusal = catchThrowableOfType(Refusal.class, action);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
