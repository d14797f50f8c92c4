package io.aipaging.aipf.sbi;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.SessionList;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.UeAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** ListSessions. */
final class ListSessionsOperation {
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 200;
  private final LeaseStore store;

  ListSessionsOperation(LeaseStore store) {
    this.store = store;
  }

  SessionList handle(ListSessions request) {
    int limit = request.limit() == null ? LIMIT_DEFAULT : request.limit();
    if (limit < 1 || limit > LIMIT_MAX) {
      throw Refusals.queryParameter("limit", "must be 1 to " + LIMIT_MAX);
    }
    String state = request.state();
    SessionQuery query =
        new SessionQuery(
            state == null ? null : state.toUpperCase(Locale.ROOT),
            ueAddress(request.ueAddress()),
            request.anchorId(),
            request.afId(),
            aisi(request.aisi()),
            request.endsBefore(),
            null);
    SessionPage page = page(query, limit, request.pageToken());
    return new SessionList(
        page.sessions().stream().map(SessionView::withoutToken).toList(), page.nextToken());
  }

  private SessionPage page(SessionQuery query, int limit, @Nullable String token) {
    try {
      return store.list(query, limit, token);
    } catch (IllegalArgumentException e) {
      throw Refusals.queryParameter("pageToken", "not from a previous answer");
    }
  }

  private static @Nullable Aisi aisi(@Nullable String text) {
    try {
      return text == null ? null : Aisi.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusals.queryParameter("aisi", "not an AI service identity");
    }
  }

  private static @Nullable UeAddress ueAddress(@Nullable String text) {
    try {
      return text == null ? null : UeAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusals.queryParameter("ueAddress", "not an IPv4 or IPv6 address");
    }
  }
}
