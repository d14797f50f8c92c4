package io.aipaging.simulation.bugs;

import io.aipaging.simulation.variant.Variant;
import java.util.function.Supplier;

/**
 * A bug that somebody could have made, each in one place of the real wiring. The seed is that of a
 * history in which it shows; CI runs these.
 */
public enum Bug {
  FENCES_SKIPPED(GateBugs.FencesSkipped::new, 6, "A gate obeys COMMITs that its fences refuse"),
  FENCES_FORGOTTEN(
      JournalBugs.GateForgetsFences::new, 295, "A gate begins every life without its fences"),
  FENCE_NOT_SYNCED(
      JournalBugs.AgentAnswersBeforeJournal::new,
      2680,
      "An agent acknowledges before its journal has the fence"),
  TIMEOUTS_ROUNDED_UP(
      GateBugs.TimeoutsRoundedUp::new, 1, "A kernel's timeouts are rounded up to whole seconds"),
  LENGTHENED_AT_RESTART(
      GateBugs.TimersRestarted::new,
      5,
      "A restart of a gate's adapter lets every grant begin its time again"),
  RENEWED_AFTER_EXP(ExpiryReadLate::new, 5, "A lease that is over is renewed"),
  NEVER_LOOKED_AFTER(
      RuleBugs.NeverLookedAfter::new, 19, "Nobody sets the alarm of a session that becomes active"),
  TOLD_BEFORE_DURABLE(
      ToldBeforeDurable::new, 1, "Enforcers are told of a move before it is durable"),
  OLD_STOPPED_BEFORE_SWITCH(
      PeerBugs.OldStoppedBeforeSwitch::new,
      1,
      "The old anchor stops taking connections before the gate has switched to the new one"),
  PROBES_SKIPPED(PeerBugs.ProbesSkipped::new, 7605, "A path is taken for usable without a probe"),
  DRAIN_TOO_LONG(
      RuleBugs.DrainTooLong::new,
      2,
      "The COMMIT of a drain is valid for longer than the lease it drains"),
  FORGOTTEN_BEFORE_REMOVED(
      PeerBugs.EndsNotSent::new, 1, "A row is forgotten although the gate was never told"),
  ENDED_TAKEN_FOR_OVER(
      RuleBugs.EndedTakenForOver::new,
      1,
      "What ends owes enforcers nothing, as if they had stopped by themselves"),
  COMPENSATION_DROPPED(
      PeerBugs.CompensationDropped::new, 7, "Of what undoes a move, the anchor's step is left out"),
  QOS_NOT_RELEASED(PeerBugs.QosNotReleased::new, 1, "A session's QoS binding is not released"),
  COMPARE_AND_SET_IGNORED(
      StoreBugs.CompareAndSetIgnored::new, 9, "An append does not compare versions"),
  IDEMPOTENCY_LOST(StoreBugs.KeysForgotten::new, 8, "Idempotency keys are lost with the process"),
  UNFINISHED_IGNORED(
      StoreBugs.UnfinishedIgnored::new, 3, "What an earlier life left unfinished is not taken up"),
  TWO_SWEEPERS(
      RuleBugs.TwoSweepers::new,
      23,
      "Each replica looks after every session, and takes the other for dead"),
  ORPHAN_SWEEP_OFF(RuleBugs.OrphanSweepOff::new, 2867, "Nothing is reconciled");

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
