package io.aipaging.aipf.events;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.protocol.SessionId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the core says of a session's QoS binding. One that it ended ends the session: a lease never
 * outlives the PDU session it was made for (lease-protocol §5, Release).
 */
public final class BindingReports {
  private static final int RACES_MAX = 64;
  private final Leases leases;
  private final EndProcedure ends;
  private final RelocationTriggers triggers;

  /** Acts by these. */
  public BindingReports(Leases leases, EndProcedure ends, RelocationTriggers triggers) {
    this.leases = leases;
    this.ends = ends;
    this.triggers = triggers;
  }

  /** How the core keeps a binding. */
  public enum Status {
    /** It is enforced. */
    GUARANTEED,
    /** It is not enforced now. */
    NOT_GUARANTEED,
    /** It is over. */
    TERMINATED
  }

  /**
   * Takes a report.
   *
   * @param cause the core's word for it, or null
   * @return whether a live session has the binding
   */
  public boolean take(String bindingRef, Status status, @Nullable String cause) {
    Optional<Session> session = sessionOf(bindingRef);
    if (session.isEmpty()) {
      return false;
    }
    switch (status) {
      case GUARANTEED -> confirmed(session.get());
      case NOT_GUARANTEED -> triggers.raise(new Trigger.QosNotGuaranteed(bindingRef));
      case TERMINATED -> {
        String trigger = cause == null ? "QOS_TERMINATED" : cause;
        var _ = ends.end(session.get().id(), new EndCause(EndReason.NETWORK_TERMINATED, trigger));
      }
    }
    return true;
  }

  private Optional<Session> sessionOf(String bindingRef) {
    try {
      return leases
          .find(new SessionId(bindingRef))
          .filter(session -> !session.terminal())
          .filter(session -> session.facts().bindingRef().equals(bindingRef))
          .filter(session -> session.facts().service().qos().demand() != QosTerms.Demand.NONE);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // nobody's: bindings bear their session's id
    }
  }

  /** What is not ACTIVE hears of it from whoever brings it there. */
  private void confirmed(Session found) {
    QosStanding confirmed = new QosStanding(QosStanding.Status.CONFIRMED, null);
    Session session = found;
    for (int race = 0; race < RACES_MAX && !session.qos().equals(confirmed); race++) {
      try {
        session = leases.append(session, new SessionEvent.QosReported(confirmed)).session();
      } catch (NotAppended e) {
        Session current = e.current();
        if (!e.stale() || current == null) {
          return;
        }
        session = current;
      }
    }
  }
}
