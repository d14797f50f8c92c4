package io.aipaging.bench.steering;

/** A lease step. */
enum Kind {
  /** A grant and the selector of its flow. */
  INSTALL,
  /** The same with a new time. */
  REFRESH,
  /** A second grant takes new connections, the first one drains. */
  RELOCATE,
  /** Both grants and the selector go. */
  REMOVE
}
