package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ListedBinding;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives an ACTIVE session its QoS binding back, or what follows when the core will not. */
final class QosRepairs {
  private static final Logger LOG = LoggerFactory.getLogger(QosRepairs.class);

  /** An end that differs by less is the same one. */
  private static final Duration SAME_END = Duration.ofSeconds(1);

  private static final int RACES_MAX = 8;
  private final Tools tools;
  private final ReconcileObserver observer;

  QosRepairs(Tools tools, ReconcileObserver observer) {
    this.tools = tools;
    this.observer = observer;
  }

  /** Whether {@code listed}, null when there is none, is less than a bound session needs. */
  boolean lacks(Session session, @Nullable ListedBinding listed) {
    return listed == null
        || !listed.state().equals("CONFIRMED")
        || listed.expiresAt() == null
        || listed.expiresAt().isBefore(session.expiresAt().minus(SAME_END));
  }

  /** Does what {@code listed} calls for. */
  void repair(Session session, @Nullable ListedBinding listed) {
    if (!lacks(session, listed)) {
      return;
    }
    switch (listed == null ? "NONE" : listed.state()) {
      case "HELD", "CONFIRMED" -> confirmAgain(session);
      case "TERMINATED" -> end(session, cause(listed));
      case "NONE" -> bindAgain(session);
      default -> {} // on its way out, or the core owes an answer: a later comparison finds it gone
    }
  }

  private static String cause(@Nullable ListedBinding listed) {
    String cause = listed == null ? null : listed.cause();
    return cause == null ? "TERMINATED" : cause;
  }

  private void confirmAgain(Session session) {
    try {
      QosStanding standing = confirm(session);
      if (!standing.equals(session.qos())) {
        report(session, standing);
      }
    } catch (Refusal e) {
      if (Tools.away(e)) {
        throw e;
      }
    }
  }

  private QosStanding confirm(Session session) {
    return tools.ask(
        until ->
            tools
                .enforcement()
                .confirmQos(session.facts().bindingRef(), session.expiresAt(), until));
  }

  /** Creates the binding anew, under its reference, and confirms it. */
  void bindAgain(Session session) {
    try {
      var _ =
          tools.ask(until -> tools.enforcement().bindQos(session, tools.terms().holdTtl(), until));
      report(session, confirm(session));
      observer.reinstalled(Peer.Kind.QOS);
      LOG.atInfo().addKeyValue("sessionId", session.id()).log("a QoS binding was made again");
    } catch (Refusal e) {
      if (e.status() == 403 || e.status() == 409) {
        refused(session, e.problemCause());
      } else if (Tools.away(e)) {
        throw e;
      }
    }
  }

  /** A lease never outlives the PDU session it was made for, whatever it thinks of QoS. */
  private void refused(Session session, String cause) {
    boolean required = session.facts().service().qos().demand() == QosTerms.Demand.REQUIRED;
    if (required || cause.equals("PDU_SESSION_NOT_AVAILABLE")) {
      end(session, cause);
    } else {
      report(session, QosStanding.refused(cause));
    }
  }

  private void end(Session session, String cause) {
    var _ =
        tools.ends().end(session.id(), new EndCause(EndReason.NETWORK_TERMINATED, "QOS_" + cause));
  }

  /** What was bound for a session that has ended meanwhile is let go again. */
  private void report(Session seen, QosStanding standing) {
    Session session = seen;
    for (int race = 0; race < RACES_MAX; race++) {
      try {
        var _ = tools.leases().append(session, new SessionEvent.QosReported(standing));
        return;
      } catch (NotAppended e) {
        Optional<Session> now = tools.leases().find(seen.id());
        if (now.filter(s -> s.state() instanceof SessionState.Active).isEmpty()) {
          letGo(seen, now, standing);
          return;
        }
        session = now.get();
      }
    }
  }

  private void letGo(Session seen, Optional<Session> now, QosStanding standing) {
    boolean over =
        now.isEmpty() || now.get().terminal() || now.get().state() instanceof SessionState.Ending;
    if (over && standing.bound()) {
      tools.perform(new Effect.DeleteQos(seen.facts().bindingRef()));
    }
  }
}
