package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft.Why;
import java.time.Instant;
import java.util.List;

/**
 * The only place that allows a move (lease-protocol §4): a pure function of session, event and
 * time. It signs nothing, sends nothing and reads no clock. Thread-safe.
 */
public final class LeaseMachine {
  private final PageRules page;
  private final RenewalRules renewal;
  private final RelocationRules relocation;

  /** A machine that keeps to {@code terms}. */
  public LeaseMachine(LeaseTerms terms) {
    page = new PageRules();
    renewal = new RenewalRules(terms);
    relocation = new RelocationRules(terms);
  }

  /**
   * A session begins: PREPARING, nothing signed.
   *
   * @param facts what will never change
   * @param expiresAt wanted end, at most {@code facts.expiresAtMax()}
   * @param deadline when its page must be finished
   */
  public Transition begin(SessionFacts facts, Instant expiresAt, Instant deadline, Instant now) {
    if (expiresAt.isAfter(facts.expiresAtMax())) {
      throw new IllegalArgumentException("a session ends at its maximum at the latest");
    }
    QosStanding qos =
        facts.service().qos().demand() == QosTerms.Demand.NONE
            ? QosStanding.NOT_REQUESTED
            : QosStanding.REQUESTED;
    Session session =
        new Session(facts, 1, 0, expiresAt, qos, null, new SessionState.Preparing(deadline, null));
    return new Transition(
        null,
        session,
        Rules.evidence(session, "SESSION_PREPARING", null, "PREPARING", null, Why.PROCEDURE, now),
        List.of());
  }

  /** What {@code event} at {@code now} makes of {@code session}. */
  public Decision decide(Session session, SessionEvent event, Instant now) {
    try {
      return new Decision.Legal(transition(session, event, now));
    } catch (IllegalMove e) {
      return new Decision.Illegal(e.problemCause());
    }
  }

  private Transition transition(Session session, SessionEvent event, Instant now) {
    return switch (event) {
      case SessionEvent.Committed e -> page.committed(session, e, now);
      case SessionEvent.Activated e -> page.activated(session, e, now);
      case SessionEvent.LeaseRenewed e -> renewal.renewed(session, e, now);
      case SessionEvent.Extended e -> renewal.extended(session, e, now);
      case SessionEvent.MoveDecided e -> relocation.decided(session, e, now);
      case SessionEvent.TargetCommitted e -> relocation.targetCommitted(session, e, now);
      case SessionEvent.Switched e -> relocation.switched(session, e, now);
      case SessionEvent.Moved _ -> relocation.moved(session, now);
      case SessionEvent.KeptOldPath e -> relocation.keptOldPath(session, e, now);
      case SessionEvent.SwitchedBack e -> relocation.switchedBack(session, e, now);
      case SessionEvent.OldPathRestored _ -> relocation.oldPathRestored(session, now);
      case SessionEvent.DrainEnded e -> relocation.drainEnded(session, e, now);
      case SessionEvent.LeaseRemoved e -> relocation.leaseRemoved(session, e, now);
      case SessionEvent.Ended e -> EndRules.ended(session, e, now);
      case SessionEvent.Finished _ -> EndRules.finished(session, now);
    };
  }

  /** What an ENDING session still owes the network, in order: steering, anchors, QoS. */
  public List<Effect> owed(Session session) {
    return session.state() instanceof SessionState.Ending ending
        ? EndRules.removals(session, ending)
        : List.of();
  }

  /** What a lease that ended in a living session still owes the network: steering, then anchor. */
  public List<Effect> owed(Lease.Ended lease) {
    return lease.end() == null ? List.of() : Rules.gateThenAnchor(lease.end(), lease.anchor());
  }
}
