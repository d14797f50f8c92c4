package io.aipaging.aipf.paging;

/** Where the time of a page goes. */
public enum Stage {
  /** From intent to ranked anchors. */
  RESOLVE,
  /** Anchor hold and QoS binding. */
  PREPARE,
  /** COMMIT and AIST. */
  SIGN,
  /** The durable writes. */
  STORE,
  /** Hold posted, steering installed, path probed. */
  INSTALL,
  /** From the procedure's end to the rendered answer. */
  ANSWER
}
