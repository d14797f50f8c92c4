package io.aipaging.aipf.ending;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.time.Instant;

/** Ends single leases of a session that goes on (lease-protocol §5, Relocate, step 6). */
public final class DrainProcedure {
  private final Leases leases;
  private final CommitIssuer issuer;
  private final Enforcement enforcement;
  private final Duration effectTime;

  /**
   * A procedure.
   *
   * @param effectTime longest wait for one removal
   */
  public DrainProcedure(
      Leases leases, CommitIssuer issuer, Enforcement enforcement, Duration effectTime) {
    this.leases = leases;
    this.issuer = issuer;
    this.enforcement = enforcement;
    this.effectTime = effectTime;
  }

  /**
   * Ends the lease that drains.
   *
   * @param session ACTIVE with a draining lease; others stay as they are
   * @param trigger why now
   */
  public Session endDrain(Session session, String trigger) throws NotAppended {
    if (!(session.state() instanceof Active active) || active.draining() == null) {
      return session;
    }
    var end = issuer.endLease(session, active.draining(), session.nextGen(), leases.now());
    return removeEnded(leases.append(session, new SessionEvent.DrainEnded(end, trigger)).session());
  }

  /**
   * Delivers the {@code end} of every ended lease whose enforcers have not all confirmed it.
   *
   * @return the session, without the leases that are gone everywhere
   */
  public Session removeEnded(Session session) {
    Session current = session;
    if (session.state() instanceof Active active) {
      for (Lease.Ended lease : active.removing()) {
        if (removed(lease)) {
          try {
            current = leases.append(current, new SessionEvent.LeaseRemoved(lease.id())).session();
          } catch (NotAppended e) {
            return leases.find(session.id()).orElse(current);
          }
        }
      }
    }
    return current;
  }

  private boolean removed(Lease.Ended lease) {
    boolean everywhere = true;
    for (Effect effect : leases.owed(lease)) {
      everywhere &= done(effect);
    }
    return everywhere;
  }

  private boolean done(Effect effect) {
    try {
      Instant deadline = leases.now().plus(effectTime);
      return enforcement
          .start(
              () -> {
                enforcement.perform(effect, deadline);
                return true;
              })
          .join(effectTime);
    } catch (Refusal e) {
      return Removal.needless(effect, e);
    }
  }
}
