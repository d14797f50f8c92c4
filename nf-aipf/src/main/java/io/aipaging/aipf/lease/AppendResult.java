package io.aipaging.aipf.lease;

import io.aipaging.protocol.EvidenceRecord;
import org.jspecify.annotations.Nullable;

/** What {@link LeaseStore#append} did: everything or nothing. */
public sealed interface AppendResult {
  /**
   * State and evidence are durable.
   *
   * @param evidence the record, now part of its session's chain
   */
  record Appended(EvidenceRecord evidence) implements AppendResult {}

  /**
   * Another transition was faster; nothing was written.
   *
   * @param current the session as it is, or null when it is not known
   */
  record Stale(@Nullable Session current) implements AppendResult {}

  /**
   * Another live session has the flow; nothing was written.
   *
   * @param owner that session
   */
  record FlowInUse(Session owner) implements AppendResult {}

  /**
   * Another session was paged with the same consumer's idempotency key; nothing was written.
   *
   * @param owner that session
   */
  record KeyInUse(Session owner) implements AppendResult {}

  /** The store holds as many sessions as it may; nothing was written. */
  record Full() implements AppendResult {}
}
