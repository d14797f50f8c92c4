package io.aipaging.simulation.observer;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SessionState.Preparing;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.simulation.engine.Life;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Architecture §7: while a replica lives, nobody else goes on with its pages and moves before their
 * deadline; ending the session, which anybody may, is not going on with it. Two that carry out the
 * same steps would undo each other's. Holds where no fault makes a replica look dead.
 */
final class Runners {
  private final Verdict verdict;
  private final Map<String, Life> lives = new HashMap<>();

  Runners(Verdict verdict) {
    this.verdict = verdict;
  }

  private record Work(String runner, Instant deadline, Object done) {}

  void durable(Life writer, Transition transition, Instant now) {
    Session session = transition.after();
    Work before = work(transition.before());
    Work after = work(session);
    if (after != null && (before == null || !before.runner().equals(after.runner()))) {
      lives.putIfAbsent(after.runner(), writer);
    }
    if (before == null || !now.isBefore(before.deadline())) {
      return;
    }
    boolean goesOn =
        session.state() instanceof Active || (after != null && !after.done().equals(before.done()));
    Life runner = lives.get(before.runner());
    if (goesOn && runner != null && runner != writer && runner.isOn()) {
      String where = writer.node().name();
      verdict.violated(
          "takeover",
          where + " goes on with what " + runner.node().name() + " does: " + session.id());
    }
  }

  private static @Nullable Work work(@Nullable Session session) {
    return switch (session == null ? null : session.state()) {
      case Preparing page -> new Work(page.runner(), page.deadline(), page);
      case Relocating it when it.awaitsCore() -> null; // for whoever the core tells
      case Relocating it -> new Work(it.errand().runner(), it.errand().deadline(), it.move());
      case null, default -> null;
    };
  }
}
