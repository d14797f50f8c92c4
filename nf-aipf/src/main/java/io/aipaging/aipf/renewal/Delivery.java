package io.aipaging.aipf.renewal;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.strand.Strand;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a durable renewal to gate and anchor before the COMMIT they hold is too near its end. A
 * gate that cannot be reached ends the session; an anchor that cannot be reached is left for
 * another one (lease-protocol §5, Renew).
 */
public final class Delivery {
  private static final Duration BACKOFF = Duration.ofMillis(100);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(1);
  private final Leases leases;
  private final Enforcement enforcement;
  private final Fallbacks fallbacks;

  /**
   * What happens when an enforcer cannot be reached.
   *
   * @param relocation for anchors
   * @param ends for gates
   * @param effectTime longest wait for one try
   * @param strands for pauses between tries
   */
  public record Fallbacks(
      RelocationProcedure relocation, EndProcedure ends, Duration effectTime, Strands strands) {}

  /** Delivers with these. */
  public Delivery(Leases leases, Enforcement enforcement, Fallbacks fallbacks) {
    this.leases = leases;
    this.enforcement = enforcement;
    this.fallbacks = fallbacks;
  }

  /**
   * Delivers.
   *
   * @param renewed the session as renewed
   * @param effects what gate and anchor have to obey
   * @param latest when the COMMIT they hold is too near its end
   * @return the session as renewed, or as it is where something else became of it
   */
  Session deliver(Session renewed, List<Effect> effects, Instant latest) {
    List<Effect> pending = effects;
    Duration backoff = BACKOFF;
    while (leases.now().isBefore(latest)) { // a lease never comes back, also after a long sleep
      pending = undelivered(pending);
      if (pending.isEmpty()) {
        return renewed;
      }
      if (superseded(renewed)) {
        return current(renewed);
      }
      if (!leases.now().plus(backoff).isBefore(latest)) {
        break;
      }
      fallbacks.strands().pause(backoff);
      backoff = backoff.multipliedBy(2);
      backoff = backoff.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : backoff;
    }
    return fallBack(renewed, pending);
  }

  private List<Effect> undelivered(List<Effect> effects) {
    Instant deadline = leases.now().plus(fallbacks.effectTime());
    List<Strand<Boolean>> tries = new ArrayList<>();
    for (Effect effect : effects) {
      tries.add(
          enforcement.start(
              () -> {
                enforcement.perform(effect, deadline);
                return true;
              }));
    }
    List<Effect> left = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      if (!delivered(tries.get(i))) {
        left.add(effects.get(i));
      }
    }
    return left;
  }

  private boolean delivered(Strand<Boolean> attempt) {
    try {
      return attempt.join(fallbacks.effectTime());
    } catch (Refusal e) {
      return false;
    }
  }

  /** Its lease has a newer COMMIT or none any more: this one no longer matters. */
  private boolean superseded(Session renewed) {
    SignedCommit newest = serving(renewed).commit();
    return current(renewed).state().live().stream()
        .noneMatch(lease -> lease.commit().equals(newest));
  }

  private static Lease.Live serving(Session renewed) {
    return renewed.state().live().getFirst();
  }

  /** A store that cannot be asked does not keep a durable COMMIT from its enforcers. */
  Session current(Session renewed) {
    try {
      return leases.find(renewed.id()).orElse(renewed);
    } catch (StoreUnavailable e) {
      return renewed;
    }
  }

  private Session fallBack(Session renewed, List<Effect> missing) {
    if (missing.stream().anyMatch(Effect.ApplyAtGate.class::isInstance)) {
      return end(renewed, EndReason.NETWORK_TERMINATED, "GATE_UNREACHABLE");
    }
    Instant deadline = leases.now().plus(fallbacks.effectTime());
    Wish away = Wish.awayFrom(serving(renewed).anchor().id());
    RelocationOutcome outcome =
        fallbacks.relocation().relocate(renewed.id(), away, "ANCHOR_UNREACHABLE", deadline);
    Session current = current(renewed);
    if (current.state() instanceof Relocating waiting && waiting.awaitsCore()) {
      outcome = fallbacks.relocation().complete(current, deadline); // to where all is ready
    }
    if (outcome instanceof RelocationOutcome.Moved(Session session, String _, String _)) {
      return session;
    }
    Session now = arrived(renewed, deadline);
    boolean recovered = now.state() instanceof Active && undelivered(missing).isEmpty();
    return recovered || superseded(renewed)
        ? now
        : end(renewed, EndReason.ANCHOR_LOST, "ANCHOR_UNREACHABLE");
  }

  /** Somebody else may be moving it already: whether that succeeds decides. */
  private Session arrived(Session renewed, Instant deadline) {
    Session now = current(renewed);
    Session before = renewed;
    while (now.state() instanceof Relocating && now.version() != before.version()) {
      before = now;
      now = leases.awaitChange(now, Duration.between(leases.now(), deadline)).orElse(now);
    }
    return now;
  }

  /** Who slept until its lease was over has nothing to say of enforcers. */
  private Session end(Session session, EndReason reason, String trigger) {
    EndCause cause =
        leases.over(current(session)) ? EndCause.TIME_OVER : new EndCause(reason, trigger);
    return fallbacks.ends().end(session.id(), cause).orElse(session);
  }
}
