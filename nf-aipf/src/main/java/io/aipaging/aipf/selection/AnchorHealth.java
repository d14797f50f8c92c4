package io.aipaging.aipf.selection;

/**
 * What an anchor's agent last reported.
 *
 * @param anchorId anchor
 * @param healthy whether its agent and model server answer
 * @param draining whether it takes no new sessions
 * @param slotsTotal sessions it can admit, 0 or more
 * @param slotsHeld of those held or leased, 0 or more; above {@code slotsTotal} after it was shrunk
 */
public record AnchorHealth(
    String anchorId, boolean healthy, boolean draining, int slotsTotal, int slotsHeld) {
  public AnchorHealth {
    if (slotsTotal < 0 || slotsHeld < 0) {
      throw new IllegalArgumentException("slots must be 0 or more");
    }
  }

  /** Whether no slot is free. */
  public boolean full() {
    return slotsHeld >= slotsTotal;
  }

  /** Share of slots in use, 0 to 1. */
  public double load() {
    return full() ? 1 : (double) slotsHeld / slotsTotal;
  }
}
