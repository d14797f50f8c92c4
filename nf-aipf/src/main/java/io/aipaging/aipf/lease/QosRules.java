package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft.Why;
import java.time.Instant;
import java.util.List;

/** What the core says of a session's QoS while it is ACTIVE (lease-protocol §5, Recover). */
final class QosRules {
  private QosRules() {}

  /** A session never goes on without the QoS it requires: that ends it. */
  static Transition reported(Session session, SessionEvent.QosReported event, Instant now) {
    if (!(session.state() instanceof SessionState.Active active)) {
      throw new IllegalMove(Rules.STATE);
    }
    QosStanding.Status status = event.qos().status();
    IllegalMove.unless(event.qos().bound() || status == QosStanding.Status.REFUSED, Rules.MISMATCH);
    switch (session.facts().service().qos().demand()) {
      case NONE -> throw new IllegalMove(Rules.MISMATCH);
      case REQUIRED -> IllegalMove.unless(event.qos().bound(), Rules.MISMATCH);
      case PREFERRED -> {}
    }
    String cause = event.qos().cause();
    return new Transition(
        session,
        session.in(active).with(event.qos()),
        Rules.evidence(
            session,
            "QOS_REPORTED",
            active,
            Rules.about(active.serving()),
            new Why(null, "QOS_" + (cause == null ? status.name() : cause)),
            now),
        List.of());
  }
}
