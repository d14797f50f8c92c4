package io.aipaging.aipf;

import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.SessionId;
import io.aipaging.sbi.management.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What durable transitions tell: how many, why sessions end, how long moves take. */
final class TransitionMetrics {
  /** Moves whose begin is remembered; a move that another replica finishes is left over here. */
  private static final int UNDER_WAY_MAX = 10_000;

  private final Metrics metrics;
  private final Map<String, Counter> byType = new ConcurrentHashMap<>();
  private final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);
  private final Map<SessionId, UnderWay> moves = new ConcurrentHashMap<>();
  private final Map<Outcome, Timer> took = new EnumMap<>(Outcome.class);
  private final Map<Outcome, Timer> unproven = new EnumMap<>(Outcome.class);

  private enum Outcome {
    MOVED,
    UNDONE,
    ENDED
  }

  private record UnderWay(Instant since, @Nullable Instant switchedAt) {}

  TransitionMetrics(Metrics metrics) {
    this.metrics = metrics;
    for (EndReason reason : EndReason.values()) {
      ended.put(reason, metrics.counter("aipf.sessions.ended", "reason", reason.name()));
    }
    for (Outcome outcome : Outcome.values()) {
      took.put(outcome, metrics.timer("aipf.relocation", "outcome", outcome.name()));
      unproven.put(outcome, metrics.timer("aipf.relocation.switch", "outcome", outcome.name()));
    }
  }

  void moved(Transition transition) {
    byType
        .computeIfAbsent(
            transition.evidence().type(), type -> metrics.counter("aipf.transitions", "type", type))
        .increment();
    if (transition.after().state() instanceof SessionState.Terminal terminal) {
      Objects.requireNonNull(ended.get(terminal.cause().reason())).increment();
    }
    if (transition.after().state() instanceof SessionState.Relocating relocating) {
      goesOn(transition, relocating);
    } else if (transition.before() != null
        && transition.before().state() instanceof SessionState.Relocating) {
      isOver(transition);
    }
  }

  private void goesOn(Transition transition, SessionState.Relocating relocating) {
    SessionId id = transition.after().id();
    Instant now = transition.evidence().time();
    if (relocating.move() instanceof Move.Decided && moves.size() < UNDER_WAY_MAX) {
      moves.put(id, new UnderWay(now, null));
    } else if (relocating.move() instanceof Move.Switched) {
      moves.computeIfPresent(id, (_, known) -> new UnderWay(known.since(), now));
    }
  }

  private void isOver(Transition transition) {
    UnderWay move = moves.remove(transition.after().id());
    if (move == null) {
      return;
    }
    Instant now = transition.evidence().time();
    Outcome outcome =
        switch (transition.after().state()) {
          case SessionState.Active active when active.draining() != null -> Outcome.MOVED;
          case SessionState.Active _ -> Outcome.UNDONE;
          default -> Outcome.ENDED;
        };
    record(took, outcome, move.since(), now);
    if (move.switchedAt() != null) {
      record(unproven, outcome, move.switchedAt(), now);
    }
  }

  /** A wall clock that was set back makes no time negative. */
  private static void record(
      Map<Outcome, Timer> timers, Outcome outcome, Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    Objects.requireNonNull(timers.get(outcome)).record(time.isNegative() ? Duration.ZERO : time);
  }
}
