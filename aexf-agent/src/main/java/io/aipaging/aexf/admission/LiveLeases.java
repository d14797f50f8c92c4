package io.aipaging.aexf.admission;

import io.aipaging.protocol.SessionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the guard asks before it lets a request through. Thread-safe; does not block. */
public interface LiveLeases {
  /**
   * The lease of a session that is live at this instant, or null. Where a session has two, the one
   * that serves.
   */
  @Nullable LiveLease find(SessionId session);

  /** Time a lease has left before it stops by itself; zero when it is over. */
  Duration remaining(LiveLease lease);
}
