package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.strand.Strand;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Work at one peer, so much of it side by side. A peer that has gone away is left alone until the
 * next comparison: {@link #each} then ends early with its refusal.
 */
final class Batches {
  /** Pieces of work at a time. */
  static final int WIDTH = 16;

  /** One piece may ask several peers one after the other. */
  private static final int ANSWERS_MAX = 8;

  private final Tools tools;

  Batches(Tools tools) {
    this.tools = tools;
  }

  /**
   * Does {@code work} with each of {@code all}.
   *
   * @throws Refusal that a peer is away; what was begun beside it goes on
   */
  <T> void each(List<T> all, Consumer<T> work) {
    for (int from = 0; from < all.size(); from += WIDTH) {
      batch(all.subList(from, Math.min(all.size(), from + WIDTH)), work);
    }
  }

  private <T> void batch(List<T> some, Consumer<T> work) {
    List<Strand<T>> strands = new ArrayList<>();
    for (T one : some) {
      strands.add(
          tools
              .enforcement()
              .start(
                  () -> {
                    work.accept(one);
                    return one;
                  }));
    }
    Duration atMost = tools.effectTime().multipliedBy(ANSWERS_MAX);
    Refusal away = null;
    for (Strand<T> strand : strands) {
      try {
        var _ = strand.peek(atMost);
      } catch (Refusal e) {
        away = e;
      }
    }
    if (away != null) {
      throw away;
    }
  }
}
