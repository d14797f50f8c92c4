package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.protocol.UeAddress;

/** Told of the core's paths. */
public interface PathObserver {
  /** The core has moved a flow to where it was asked to. */
  void steered();

  /**
   * The core does not move a flow; the gate alone carries it.
   *
   * @param cause why, such as {@code NO_NOTIFICATION}
   */
  void leftToGate(String cause);

  /** The core has moved, or is about to move, a UE to a place that nobody asked for. */
  void moved(UeAddress ue, String dnai);
}
