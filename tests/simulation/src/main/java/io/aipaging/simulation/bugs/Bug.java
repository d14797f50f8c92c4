package io.aipaging.simulation.bugs;

import io.aipaging.simulation.variant.Variant;
import java.util.function.Supplier;

/**
 * A bug that somebody could have made, each in one place of the real wiring. The seed is that of a
 * history in which it shows; CI runs these.
 */
public enum Bug {
  FENCES_SKIPPED(GateBugs.FencesSkipped::new, 0, "A gate obeys COMMITs that its fences refuse"),
  FENCES_FORGOTTEN(
      JournalBugs.GateForgetsFences::new, 0, "A gate begins every life without its fences"),
  FENCE_NOT_SYNCED(
      JournalBugs.AgentAnswersBeforeJournal::new,
      0,
      "An agent acknowledges before its journal has the fence"),
  TIMEOUTS_ROUNDED_UP(
      GateBugs.TimeoutsRoundedUp::new, 0, "A kernel's timeouts are rounded up to whole seconds"),
  LENGTHENED_AT_RESTART(
      GateBugs.TimersRestarted::new,
      0,
      "A restart of a gate's adapter lets every grant begin its time again"),
  RENEWED_AFTER_EXP(ExpiryReadLate::new, 0, "A lease that is over is renewed"),
  RENEWED_ONLY_ONCE(
      RuleBugs.RenewedOnlyOnce::new, 0, "A lease that was renewed once is not renewed again"),
  TOLD_BEFORE_DURABLE(
      ToldBeforeDurable::new, 0, "Enforcers are told of a move before it is durable"),
  OLD_STOPPED_BEFORE_SWITCH(
      PeerBugs.OldStoppedBeforeSwitch::new,
      0,
      "The old anchor stops taking connections before the gate has switched to the new one"),
  PROBES_SKIPPED(PeerBugs.ProbesSkipped::new, 0, "A path is taken for usable without a probe"),
  DRAIN_TOO_LONG(
      RuleBugs.DrainTooLong::new,
      0,
      "The COMMIT of a drain is valid for longer than the lease it drains"),
  FORGOTTEN_BEFORE_REMOVED(
      PeerBugs.EndsNotSent::new, 0, "A row is forgotten although the gate was never told"),
  ENDED_TAKEN_FOR_OVER(
      RuleBugs.EndedTakenForOver::new,
      0,
      "What ends owes enforcers nothing, as if they had stopped by themselves"),
  COMPENSATION_DROPPED(
      PeerBugs.CompensationDropped::new, 0, "Of what undoes a move, the anchor's step is left out"),
  QOS_NOT_RELEASED(PeerBugs.QosNotReleased::new, 0, "A session's QoS binding is not released"),
  COMPARE_AND_SET_IGNORED(
      StoreBugs.CompareAndSetIgnored::new, 0, "An append does not compare versions"),
  IDEMPOTENCY_LOST(StoreBugs.KeysForgotten::new, 0, "Idempotency keys are lost with the process"),
  UNFINISHED_IGNORED(
      StoreBugs.UnfinishedIgnored::new, 0, "What an earlier life left unfinished is not taken up"),
  TWO_SWEEPERS(
      RuleBugs.TwoSweepers::new,
      0,
      "Each replica looks after every session, and takes the other for dead"),
  ORPHAN_SWEEP_OFF(RuleBugs.OrphanSweepOff::new, 0, "Nothing is reconciled");

  @SuppressWarnings("ImmutableEnumChecker") // constructors
  private final Supplier<Variant> variant;

  private final long seed;
  private final String words;

  Bug(Supplier<Variant> variant, long seed, String words) {
    this.variant = variant;
    this.seed = seed;
    this.words = words;
  }

  /** What is wrong, in a sentence without its full stop. */
  public String words() {
    return words;
  }

  /** The wiring with the bug, for one history. */
  public Variant variant() {
    return variant.get();
  }

  /** Seed of a history in which it shows. */
  public long seed() {
    return seed;
  }
}
