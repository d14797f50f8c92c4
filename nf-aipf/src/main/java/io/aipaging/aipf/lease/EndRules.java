package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft.Why;
import io.aipaging.aipf.lease.SessionState.Ending;
import io.aipaging.aipf.lease.SessionState.HoldAttempt;
import io.aipaging.protocol.EndScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ENDING and what comes after it (lease-protocol §5, Release, revoke and Expire). */
final class EndRules {
  private final LeaseTerms terms;

  EndRules(LeaseTerms terms) {
    this.terms = terms;
  }

  Transition ended(Session session, SessionEvent.Ended event, Instant now) {
    IllegalMove.unless(!session.terminal() && !(session.state() instanceof Ending), Rules.STATE);
    SignedCommit end = event.end();
    if (end == null) {
      IllegalMove.unless(
          session.gen() == 0 || session.over(now, terms.skewBound()), Rules.MISMATCH);
    } else {
      Rules.requireEnd(session, end, EndScope.SESSION, session.nextGen());
      leases(session, event.cause().reason())
          .forEach(
              lease ->
                  IllegalMove.unless(
                      end.commit().audience().containsAll(lease.anchor().enforcers()),
                      Rules.MISMATCH));
    }
    EndReason reason = event.cause().reason();
    if (reason == EndReason.EXPIRED) {
      IllegalMove.unless(hasExpired(session, now), Rules.EARLY);
    }
    boolean paging = session.state() instanceof SessionState.Preparing;
    Ending ending =
        new Ending(
            event.cause(),
            paging ? EndReason.Outcome.REJECTED : reason.outcome(),
            end,
            leases(session, reason),
            event.holds(),
            now,
            event.runner());
    Session after = session.in(ending).with((SignedToken) null);
    after = end == null ? after : after.signed(end.commit().gen());
    return new Transition(
        session,
        after,
        Rules.evidence(
            session,
            "SESSION_ENDING",
            ending,
            end == null ? null : Rules.about(end),
            new Why(reason.name(), event.cause().trigger()),
            now),
        removals(after, ending, now));
  }

  /** Whether its own end or that of the lease that takes new flows has passed. */
  private static boolean hasExpired(Session session, Instant now) {
    return !now.isBefore(session.expiresAt())
        || session.state().live().stream()
            .findFirst()
            .filter(newest -> !now.isBefore(newest.expiresAt()))
            .isPresent();
  }

  private static List<Lease.Ended> leases(Session session, EndReason reason) {
    List<Lease.Ended> leases = new ArrayList<>();
    session.state().live().forEach(lease -> leases.add(Rules.ended(lease, reason, null)));
    leases.addAll(session.state().removing());
    return leases;
  }

  /**
   * Enforcers stop by themselves when the last COMMIT is over, and holds fall free; QoS does not.
   */
  List<Effect> removals(Session session, Ending ending, Instant now) {
    List<Effect> effects = new ArrayList<>();
    SignedCommit end = ending.end();
    if (end != null && !session.over(now, terms.skewBound())) {
      Set<String> gates = new LinkedHashSet<>();
      ending.leases().forEach(lease -> gates.add(lease.anchor().gateId()));
      gates.forEach(gate -> effects.add(new Effect.ApplyAtGate(gate, List.of(end))));
      Set<String> anchors = new LinkedHashSet<>();
      ending.leases().forEach(lease -> anchors.add(lease.anchor().id()));
      anchors.forEach(anchor -> effects.add(new Effect.ApplyAtAnchor(anchor, end)));
    }
    if (now.isBefore(terms.over(ending.since().plus(terms.holdTtl())))) {
      for (HoldAttempt hold : ending.holds()) {
        effects.add(new Effect.ReleaseHold(hold.anchor().id(), hold.lease()));
      }
    }
    if (session.facts().service().qos().demand() != QosTerms.Demand.NONE) {
      effects.add(new Effect.DeleteQos(session.facts().bindingRef()));
    }
    return effects;
  }

  static Transition finished(Session session, Instant now) {
    if (!(session.state() instanceof Ending ending)) {
      throw new IllegalMove(Rules.STATE);
    }
    SessionState.Terminal terminal = terminal(ending, now);
    return new Transition(
        session,
        session.in(terminal),
        Rules.evidence(
            session,
            "SESSION_" + terminal.name(),
            terminal,
            terminal.last() == null ? null : Rules.about(terminal.last()),
            new Why(ending.cause().reason().name(), ending.cause().trigger()),
            now),
        List.of());
  }

  private static SessionState.Terminal terminal(Ending ending, Instant now) {
    EndCause cause = ending.cause();
    Lease.@Nullable Ended last = ending.leases().isEmpty() ? null : ending.leases().getFirst();
    return switch (ending.outcome()) {
      case RELEASED -> new SessionState.Released(cause, now, last);
      case REVOKED -> new SessionState.Revoked(cause, now, last);
      case EXPIRED -> new SessionState.Expired(cause, now, last);
      case REJECTED -> new SessionState.Rejected(cause, now, last);
    };
  }
}
