package io.aipaging.aipf.relocation;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.time.Instant;

/** Lets anchors drain, or no longer; the anchor itself remembers (lease-protocol §5, Relocate). */
public final class AnchorDrainProcedure {
  private static final int READ_AT_ONCE = 1_000;
  private final Leases leases;
  private final Enforcement enforcement;
  private final RelocationTriggers triggers;

  /** A procedure over these. */
  public AnchorDrainProcedure(Leases leases, Enforcement enforcement, RelocationTriggers triggers) {
    this.leases = leases;
    this.enforcement = enforcement;
    this.triggers = triggers;
  }

  /**
   * Tells an anchor; its sessions then begin to leave.
   *
   * @return sessions that still have a live lease there
   * @throws Refusal what the agent refused, or 504 when it cannot be reached
   */
  public int drain(String anchor, boolean draining, Instant deadline) {
    enforcement
        .start(() -> enforcement.setDrain(anchor, draining, deadline)) // 1 durable at the anchor
        .join(Duration.between(leases.now(), deadline));
    if (draining) {
      triggers.raise(new Trigger.AnchorDraining(anchor)); // 2 here at once, elsewhere by its status
    }
    return sessionsAt(anchor); // 3
  }

  private int sessionsAt(String anchor) {
    SessionQuery living = SessionQuery.atAnchor(anchor).unfinishedIn(Shard.all());
    int sessions = 0;
    String token = null;
    do {
      SessionPage page = leases.list(living, READ_AT_ONCE, token);
      sessions += page.sessions().size();
      token = page.nextToken();
    } while (token != null);
    return sessions;
  }
}
