package io.aipaging.simulation.world;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.network.Network;
import io.aipaging.simulation.network.Question;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Somebody who has seen COMMITs go by and sends them again. */
final class Replays {
  private static final int REMEMBERED_MAX = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private final Deque<Seen> seen = new ArrayDeque<>();

  private record Seen(Node to, Question question) {}

  /** A message goes by. */
  void saw(Node to, Question question) {
    if (question.request() instanceof ApplyCommits || question.request() instanceof ApplyCommit) {
      if (seen.size() == REMEMBERED_MAX) {
        seen.removeFirst();
      }
      seen.addLast(new Seen(to, question));
    }
  }

  /** One of the last COMMITs once more; the running coroutine waits for the answer. */
  void again(Life by, Network network, Chance chance) {
    @Nullable Seen chosen = seen.isEmpty() ? null : chance.pick(new ArrayList<>(seen));
    if (chosen == null) {
      return;
    }
    try {
      Call call = Call.within("nf-aipf", by.node().clock().instant(), PATIENCE);
      var _ = network.ask(by, chosen.to(), chosen.question(), call);
    } catch (Refusal e) {
      return; // as it should be, or it was obeyed before
    }
  }
}
