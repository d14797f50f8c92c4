package io.aipaging.aipf.paging;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms.Demand;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.HoldAttempt;
import io.aipaging.aipf.strand.Strand;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.LeaseId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Step 4 of a page: an anchor's slot and the core's QoS, side by side. It remembers every slot it
 * may have got, so that whatever happens all but one are given back.
 */
final class Preparation {
  private static final int HOLDS_MAX = 3;
  private final Enforcement enforcement;
  private final LeaseTerms terms;
  private final Ids ids;
  private final InstantSource clock;
  private final Session session;
  private final Instant deadline;
  private final List<HoldAttempt> attempts = new ArrayList<>();

  Preparation(PageTools tools, Session session, Instant deadline) {
    this.enforcement = tools.enforcement();
    this.terms = tools.terms();
    this.ids = tools.ids();
    this.clock = tools.clock();
    this.session = session;
    this.deadline = deadline;
  }

  /** A slot and what the core said. */
  record Prepared(Lease.Held hold, QosStanding qos) {}

  Prepared prepare(List<LeaseAnchor> anchors) throws PageFailed {
    Demand demand = session.facts().service().qos().demand();
    Strand<QosStanding> asked =
        demand == Demand.NONE
            ? null
            : enforcement.start(() -> enforcement.bindQos(session, terms.holdTtl(), deadline));
    PageFailed noSlot = null;
    Lease.Held hold = null;
    try {
      hold = hold(anchors);
    } catch (PageFailed e) {
      noSlot = e;
    }
    QosStanding qos = asked == null ? QosStanding.NOT_REQUESTED : answer(asked, demand, noSlot);
    if (hold == null || noSlot != null) {
      throw noSlot == null ? new PageFailed(EndReason.ADMISSION_REJECTED, "HOLD") : noSlot;
    }
    return new Prepared(hold, qos);
  }

  private QosStanding answer(Strand<QosStanding> asked, Demand demand, @Nullable PageFailed noSlot)
      throws PageFailed {
    boolean required = demand == Demand.REQUIRED;
    Duration patience = required ? remaining() : remaining().dividedBy(2);
    try {
      return asked.join(patience);
    } catch (Refusal e) {
      if (required && noSlot == null) {
        throw new PageFailed(EndReason.QOS_REJECTED, "QOS_" + e.problemCause());
      }
      if (unknown(e)) {
        tell(new Effect.DeleteQos(session.facts().bindingRef()));
      }
      return QosStanding.refused(e.problemCause());
    }
  }

  /** The best anchor that gives a slot. */
  private Lease.Held hold(List<LeaseAnchor> anchors) throws PageFailed {
    String cause = "NONE";
    for (LeaseAnchor anchor : anchors.subList(0, Math.min(HOLDS_MAX, anchors.size()))) {
      if (remaining().isZero()) {
        break;
      }
      HoldAttempt attempt = new HoldAttempt(new LeaseId(ids.next()), anchor);
      attempts.add(attempt);
      try {
        return enforcement
            .start(
                () -> enforcement.hold(session, attempt.lease(), anchor, terms.holdTtl(), deadline))
            .join(remaining());
      } catch (Refusal e) {
        cause = e.problemCause();
        if (!unknown(e)) {
          attempts.remove(attempt);
        }
      }
    }
    throw new PageFailed(EndReason.ADMISSION_REJECTED, "HOLD_" + cause);
  }

  /** Slots that may be held and belong to no lease. */
  List<HoldAttempt> leftovers() {
    return List.copyOf(attempts);
  }

  /** The slot of {@code hold} belongs to a lease now. */
  void became(Lease.Held hold) {
    attempts.removeIf(attempt -> attempt.lease().equals(hold.id()));
  }

  /** Gives the leftovers back; what cannot be reached falls free with its hold. */
  void letGo() {
    leftovers()
        .forEach(attempt -> tell(new Effect.ReleaseHold(attempt.anchor().id(), attempt.lease())));
  }

  /** Lets the QoS binding go, if one was asked for. */
  void letQosGo() {
    if (session.facts().service().qos().demand() != Demand.NONE) {
      tell(new Effect.DeleteQos(session.facts().bindingRef()));
    }
  }

  private void tell(Effect effect) {
    Instant until = clock.instant().plus(terms.holdTtl());
    var _ =
        enforcement.start(
            () -> {
              enforcement.perform(effect, until);
              return effect;
            });
  }

  /** Whether the peer may have done it all the same. */
  private static boolean unknown(Refusal refusal) {
    return refusal.status() >= 500 && refusal.status() != 503;
  }

  private Duration remaining() {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
