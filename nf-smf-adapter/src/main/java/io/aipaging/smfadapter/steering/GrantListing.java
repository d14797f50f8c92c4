package io.aipaging.smfadapter.steering;

import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.enforcer.EnforcerClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells page by page what the gate carries: what memory and enforcing machinery both know. The
 * machinery is asked once a second at most, because telling everything it holds takes it a while.
 * Not thread-safe.
 */
final class GrantListing {
  private static final int LIMIT_MAX = 200;
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final CarriedLeases carried;
  private final SteeringDriver driver;
  private final EnforcerClock clock;
  private @Nullable Seen seen;

  GrantListing(CarriedLeases carried, SteeringDriver driver, EnforcerClock clock) {
    this.carried = carried;
    this.driver = driver;
    this.clock = clock;
  }

  private record Seen(Set<GrantId> live, long atNanos) {}

  /** Some grants and where to go on, or null at the end. */
  record Page(List<EnforcedLease> grants, @Nullable String nextToken) {}

  Page page(@Nullable Integer wanted, @Nullable String token) throws SteeringFailed {
    int limit = wanted == null ? LIMIT_MAX : wanted;
    if (limit < 1 || limit > LIMIT_MAX) {
      throw incorrect("limit", "must be 1 to " + LIMIT_MAX);
    }
    List<CarriedLease> leases = carried.after(last(token), limit);
    Set<GrantId> live = live(token == null);
    List<EnforcedLease> grants =
        leases.stream()
            .filter(lease -> live.contains(lease.grant().id()))
            .map(GrantListing::listed)
            .toList();
    return new Page(grants, leases.size() < limit ? null : leases.getLast().lease().value());
  }

  private Set<GrantId> live(boolean anew) throws SteeringFailed {
    Seen last = seen;
    if (anew || last == null || clock.nanos() - last.atNanos() > FRESH_NANOS) {
      long now = clock.nanos();
      last = new Seen(driver.live(), now);
      seen = last;
    }
    return last.live();
  }

  private static @Nullable LeaseId last(@Nullable String token) {
    try {
      return token == null ? null : new LeaseId(token);
    } catch (IllegalArgumentException e) {
      throw incorrect("pageToken", "not from a previous answer");
    }
  }

  private static Refusal incorrect(String parameter, String reason) {
    return Refusal.of(400, "OPTIONAL_QUERY_PARAM_INCORRECT", "A query parameter is not acceptable.")
        .with(List.of(new InvalidParam("query " + parameter, reason)));
  }

  private static EnforcedLease listed(CarriedLease lease) {
    AnchorRef anchor = lease.about().anchor();
    ServiceEndpoint service = lease.flow().service();
    return new EnforcedLease(
        lease.lease().value(),
        lease.session().value(),
        lease.about().aisi().toString(),
        lease.gen(),
        lease.role().wire(),
        lease.expiresAt(),
        anchor.id(),
        anchor.dnai(),
        anchor.endpoint().toString(),
        lease.flow().ue().toString(),
        new ServiceAddress(
            service.address().getHostAddress(), service.protocol().name(), service.port()));
  }
}
