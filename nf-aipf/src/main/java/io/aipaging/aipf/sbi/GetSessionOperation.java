package io.aipaging.aipf.sbi;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Session;

/** GetSession. */
final class GetSessionOperation {
  private final LeaseStore store;

  GetSessionOperation(LeaseStore store) {
    this.store = store;
  }

  Session handle(GetSession request) {
    return store
        .find(Members.sessionId(request.sessionId()))
        .map(SessionView::withoutToken)
        .orElseThrow(Refusals::sessionNotFound);
  }
}
