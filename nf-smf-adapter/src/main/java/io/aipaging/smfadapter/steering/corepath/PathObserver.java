package io.aipaging.smfadapter.steering.corepath;

/** Told of the core's paths. */
public interface PathObserver {
  /** Told how the core was answered. */
  @FunctionalInterface
  interface Acknowledged {
    /**
     * It was.
     *
     * @param status {@code afStatus} of TS 29.508, or {@code NOT_DELIVERED}
     */
    void acknowledged(String status);
  }

  /** The core has moved a flow to where it was asked to. */
  void steered();

  /**
   * The core does not move a flow; the gate alone carries it.
   *
   * @param cause why, such as {@code NO_NOTIFICATION}
   */
  void leftToGate(String cause);

  /** The core moves a flow to a place that nobody asked for, or wants an answer. */
  void changes(PathChange change);
}
