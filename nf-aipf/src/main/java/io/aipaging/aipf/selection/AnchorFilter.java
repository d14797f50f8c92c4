package io.aipaging.aipf.selection;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Residency;
import io.aipaging.openapi.paging.AiServiceProfile;
import java.util.Optional;

/** The limits an anchor must keep whatever else speaks for it. */
public final class AnchorFilter {
  private AnchorFilter() {}

  /** Why the catalogue's facts alone rule {@code anchor} out; empty when they do not. */
  public static Optional<Rejection> byCatalog(
      AiServiceProfile profile, AiService service, Anchor anchor) {
    if (!anchor.serves(service.aisi())) {
      return Optional.of(Rejection.NOT_SERVING);
    }
    if (anchor.trust() < profile.trustMin()) {
      return Optional.of(Rejection.TRUST_TOO_LOW);
    }
    if (!Residency.of(profile.residency()).allows(anchor.country())) {
      return Optional.of(Rejection.OUTSIDE_RESIDENCY);
    }
    if (anchor.predictedLatency().toMillis() > profile.ttftMs()) {
      return Optional.of(Rejection.TOO_SLOW);
    }
    Double cap = profile.priceMax();
    return cap != null && anchor.pricePer1000() > cap
        ? Optional.of(Rejection.TOO_EXPENSIVE)
        : Optional.empty();
  }

  /** Why the caller's scope rules {@code anchor} out; empty when it does not. */
  static Optional<Rejection> byScope(SelectionScope scope, Anchor anchor) {
    if (scope.excludedAnchors().contains(anchor.id())) {
      return Optional.of(Rejection.EXCLUDED);
    }
    return scope.dnais().isEmpty() || scope.dnais().contains(anchor.dnai())
        ? Optional.empty()
        : Optional.of(Rejection.OTHER_DNAI);
  }

  /** Why its health rules an anchor out; empty when it does not. */
  static Optional<Rejection> byHealth(AnchorHealth health) {
    if (!health.healthy()) {
      return Optional.of(Rejection.UNHEALTHY);
    }
    if (health.draining()) {
      return Optional.of(Rejection.DRAINING);
    }
    return health.full() ? Optional.of(Rejection.FULL) : Optional.empty();
  }
}
