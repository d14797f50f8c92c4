package io.aipaging.aipf.sbi;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.paging.ReleaseSession;

/** ReleaseSession: ended, or ending; repeating it changes nothing. */
final class ReleaseSessionOperation {
  private static final EndCause CAUSE =
      new EndCause(EndReason.RELEASED_BY_CLIENT, "CONSUMER_REQUEST");
  private final EndProcedure ends;

  ReleaseSessionOperation(EndProcedure ends) {
    this.ends = ends;
  }

  NoContent handle(ReleaseSession request) {
    return ends.end(Members.sessionId(request.sessionId()), CAUSE)
        .map(session -> NoContent.INSTANCE)
        .orElseThrow(Refusals::sessionNotFound);
  }
}
