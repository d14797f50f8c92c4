package io.aipaging.smfadapter.steering.corepath;

/** User-plane paths at the core. Calls block for a bounded time; repeats are harmless. */
public interface CorePaths {
  /** Asks for a path, in place of the one of the same id. */
  Outcome put(PathOrder order);

  /** Gives a path up. */
  Outcome delete(String id);

  /** How a call ended. */
  enum Outcome {
    /** The core has it, or has it no longer; that it does what it says is not implied. */
    DONE,
    /** The core tells of changes, and was not asked for any. */
    WATCHED,
    /** The core will not: nothing was changed. */
    REFUSED,
    /** Nobody knows, or the core cannot now: to be tried again. */
    UNCERTAIN
  }
}
