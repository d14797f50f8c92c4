package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.strand.Strand;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work at one peer, so much of it side by side. A peer that answers nobody in a batch has gone
 * away: the rest is left for the next comparison.
 */
final class Batches {
  /** Pieces of work at a time. */
  static final int WIDTH = 16;

  /** One piece may ask several peers one after the other. */
  private static final int ANSWERS_MAX = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
  private final Tools tools;

  Batches(Tools tools) {
    this.tools = tools;
  }

  /**
   * Does {@code work} with each of {@code all}; it throws {@link Refusal} only when the peer is
   * away.
   *
   * @return whether the peer was there to the end
   */
  <T> boolean each(List<T> all, Consumer<T> work) {
    for (int from = 0; from < all.size(); from += WIDTH) {
      if (!batch(all.subList(from, Math.min(all.size(), from + WIDTH)), work)) {
        return false;
      }
    }
    return true;
  }

  private <T> boolean batch(List<T> some, Consumer<T> work) {
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
    boolean there = false;
    for (Strand<T> strand : strands) {
      try {
        var _ = strand.peek(atMost);
        there = true;
      } catch (Refusal e) {
        LOG.atDebug().addKeyValue("cause", e.problemCause()).log("a peer did not answer");
      }
    }
    return there;
  }
}
