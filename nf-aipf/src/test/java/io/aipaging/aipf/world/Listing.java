package io.aipaging.aipf.world;

import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.ServiceEndpoint;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What an enforcer in memory tells of its leases: small pages, so that paging is always tested. */
final class Listing {
  private static final int PAGE = 2;

  private Listing() {}

  /** Some leases and where to go on, or null at the end. */
  record Page(List<EnforcedLease> leases, String nextToken) {}

  static Page page(Collection<Commit> held, Integer limit, String token) {
    int size = limit == null ? PAGE : Math.min(limit, PAGE);
    List<EnforcedLease> leases =
        held.stream()
            .map(Listing::entry)
            .sorted(Comparator.comparing(EnforcedLease::leaseId))
            .filter(lease -> token == null || lease.leaseId().compareTo(token) > 0)
            .limit(size)
            .toList();
    return new Page(leases, leases.size() < size ? null : leases.getLast().leaseId());
  }

  private static EnforcedLease entry(Commit commit) {
    ServiceEndpoint service = commit.flow().service();
    return new EnforcedLease(
        commit.lease().value(),
        commit.session().value(),
        commit.aisi().toString(),
        commit.gen(),
        commit.role().wire(),
        commit.expiresAt(),
        commit.anchor().id(),
        commit.anchor().dnai(),
        commit.anchor().endpoint().toString(),
        commit.flow().ue().toString(),
        new ServiceAddress(
            service.address().getHostAddress(), service.protocol().name(), service.port()));
  }
}
