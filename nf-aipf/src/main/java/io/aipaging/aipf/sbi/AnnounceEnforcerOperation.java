package io.aipaging.aipf.sbi;

import io.aipaging.aipf.events.EnforcerStarts;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.events.AnnounceEnforcer;

/** AnnounceEnforcer: what it holds is compared at once; nobody waits for that. */
final class AnnounceEnforcerOperation {
  private final EnforcerStarts starts;

  AnnounceEnforcerOperation(EnforcerStarts starts) {
    this.starts = starts;
  }

  NoContent handle(AnnounceEnforcer request) {
    if (!starts.started(request.enforcerId(), request.bootId())) {
      throw Refusals.enforcerNotFound();
    }
    return NoContent.INSTANCE;
  }
}
