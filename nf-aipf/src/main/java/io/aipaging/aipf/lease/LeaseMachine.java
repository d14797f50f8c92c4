package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft.Why;
import java.time.Instant;
import java.util.List;

/**
 * The only place that allows a move (lease-protocol §4): a pure function of session, event and
 * time. It signs nothing, sends nothing and reads no clock. Thread-safe.
 */
public final class LeaseMachine implements LeaseRules {
  private final LeaseTerms terms;
  private final PageRules page;
  private final EndRules ending;
  private final RenewalRules renewal;
  private final RelocationRules relocation;

  /** A machine that keeps to {@code terms}. */
  public LeaseMachine(LeaseTerms terms) {
    this.terms = terms;
    page = new PageRules();
    ending = new EndRules(terms);
    renewal = new RenewalRules(terms);
    relocation = new RelocationRules(terms);
  }

  @Override
  public Transition begin(SessionFacts facts, Beginning page, Instant now) {
    if (page.expiresAt().isAfter(facts.expiresAtMax())) {
      throw new IllegalArgumentException("a session ends at its maximum at the latest");
    }
    QosStanding qos =
        facts.service().qos().demand() == QosTerms.Demand.NONE
            ? QosStanding.NOT_REQUESTED
            : QosStanding.REQUESTED;
    Session session =
        new Session(
            facts,
            1,
            0,
            page.expiresAt(),
            qos,
            Residence.first(now),
            null,
            new SessionState.Preparing(page.deadline(), page.runner(), null));
    return new Transition(
        null,
        session,
        Rules.evidence(session, "SESSION_PREPARING", null, "PREPARING", null, Why.PROCEDURE, now),
        List.of());
  }

  @Override
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
      case SessionEvent.QosReported e -> QosRules.reported(session, e, now);
      case SessionEvent.MoveDecided e -> relocation.decided(session, e, now);
      case SessionEvent.TargetCommitted e -> relocation.targetCommitted(session, e, now);
      case SessionEvent.PathChanged e -> relocation.pathChanged(session, e, now);
      case SessionEvent.Switched e -> relocation.switched(session, e, now);
      case SessionEvent.Moved _ -> relocation.moved(session, now);
      case SessionEvent.KeptOldPath e -> relocation.keptOldPath(session, e, now);
      case SessionEvent.SwitchedBack e -> relocation.switchedBack(session, e, now);
      case SessionEvent.OldPathRestored _ -> relocation.oldPathRestored(session, now);
      case SessionEvent.DrainEnded e -> relocation.drainEnded(session, e, now);
      case SessionEvent.LeaseRemoved e -> relocation.leaseRemoved(session, e, now);
      case SessionEvent.Ended e -> ending.ended(session, e, now);
      case SessionEvent.Finished _ -> EndRules.finished(session, now);
    };
  }

  @Override
  public List<Effect> owed(Session session, Instant now) {
    return switch (session.state()) {
      case SessionState.Preparing preparing -> PageRules.owed(session, preparing);
      case SessionState.Active active -> Rules.installed(active.live());
      case SessionState.Relocating relocating -> MoveEffects.owed(relocating);
      case SessionState.Ending over -> ending.removals(session, over, now);
      case SessionState.Terminal _ -> List.of();
    };
  }

  @Override
  public List<Effect> owed(Lease.Ended lease, Instant now) {
    boolean over = !now.isBefore(terms.over(lease.expiresAt()));
    return lease.end() == null || over
        ? List.of()
        : Rules.gateThenAnchor(lease.end(), lease.anchor());
  }

  @Override
  public boolean over(Session session, Instant now) {
    return session.over(now, terms.skewBound());
  }
}
