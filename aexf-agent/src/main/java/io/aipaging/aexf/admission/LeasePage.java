package io.aipaging.aexf.admission;

import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.admission.LeaseList;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.protocol.LeaseId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some of the live leases, by id, and where to go on. */
record LeasePage(List<EnforcedLease> leases, @Nullable String nextToken) {
  private static final int LIMIT_MAX = 200;

  static LeasePage of(Collection<LiveLease> live, ListLeases request) {
    int limit = request.limit() == null ? LIMIT_MAX : request.limit();
    if (limit < 1 || limit > LIMIT_MAX) {
      throw Requests.incorrectQuery("limit", "must be 1 to " + LIMIT_MAX);
    }
    LeaseId last = Requests.pageToken(request.pageToken());
    List<LiveLease> following =
        live.stream()
            .filter(lease -> last == null || lease.lease().compareTo(last) > 0)
            .sorted(Comparator.comparing(LiveLease::lease))
            .limit(limit + 1L)
            .toList();
    List<LiveLease> page = following.subList(0, Math.min(limit, following.size()));
    return new LeasePage(
        page.stream().map(LiveLease::listed).toList(),
        following.size() > limit ? page.getLast().lease().value() : null);
  }

  LeaseList answer(String anchorId) {
    return new LeaseList(anchorId, leases, nextToken);
  }
}
