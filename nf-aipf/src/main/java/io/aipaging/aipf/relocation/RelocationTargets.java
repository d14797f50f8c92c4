package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.Session;
import java.util.List;

/** Port: where a session may move. */
@FunctionalInterface
public interface RelocationTargets {
  /** Eligible anchors other than the session's own. */
  Targets of(Session session, Wish wish);

  /**
   * Where a session may move.
   *
   * @param anchors best first
   * @param cause why there is none; only read when {@code anchors} is empty
   */
  record Targets(List<LeaseAnchor> anchors, String cause) {
    public Targets {
      anchors = List.copyOf(anchors);
    }
  }
}
