package io.aipaging.aexf.admission;

import io.aipaging.protocol.SessionId;
import org.jspecify.annotations.Nullable;

/** What the guard asks before it lets a request through. Thread-safe; does not block. */
@FunctionalInterface
public interface LiveLeases {
  /**
   * The lease of a session that is live at this instant, or null. Where a session has two, the one
   * that serves.
   */
  @Nullable LiveLease find(SessionId session);
}
