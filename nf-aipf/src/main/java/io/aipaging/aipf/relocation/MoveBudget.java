package io.aipaging.aipf.relocation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the moves under way to each anchor, so that none is run over. Thread-safe. */
public final class MoveBudget {
  private final int toOneAnchorMax;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  /**
   * Nothing is under way.
   *
   * @param toOneAnchorMax most moves to one anchor at the same time, 1 or more; those that cannot
   *     wait are counted and not stopped
   */
  public MoveBudget(int toOneAnchorMax) {
    if (toOneAnchorMax < 1) {
      throw new IllegalArgumentException("at least one session must be able to move");
    }
    this.toOneAnchorMax = toOneAnchorMax;
  }

  /** Takes a place on the way to {@code anchor}; false when there is none for the patient. */
  boolean enter(String anchor, boolean patient) {
    int[] taken = {0};
    var _ =
        underWay.compute(
            anchor,
            (id, now) -> {
              int before = now == null ? 0 : now;
              taken[0] = patient && before >= toOneAnchorMax ? 0 : 1;
              return before + taken[0];
            });
    return taken[0] == 1;
  }

  /** Gives the place back. */
  void leave(String anchor) {
    underWay.computeIfPresent(anchor, (id, now) -> now == 1 ? null : now - 1);
  }
}
