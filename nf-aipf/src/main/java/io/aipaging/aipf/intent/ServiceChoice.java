package io.aipaging.aipf.intent;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.catalog.Residency;
import io.aipaging.aipf.intent.NotResolvable.Reason;
import io.aipaging.aipf.selection.AnchorFilter;
import io.aipaging.openapi.paging.AiServiceProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses between the services of one task: those that promise the wished latency and have an
 * anchor within the other limits; of these first the wished tier, then what the sentence is nearest
 * to, then {@code STANDARD} before {@code ECONOMY} before {@code PREMIUM}, then the AISI.
 */
final class ServiceChoice {
  /** Similarities closer than this to the best count as equal. */
  private static final double TIE = 0.05;

  private static final List<String> TIERS = List.of("STANDARD", "ECONOMY", "PREMIUM");

  private final Catalog catalog;

  ServiceChoice(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Chooses one of {@code services}.
   *
   * @param named whether the intent named the task, so that nothing is uncertain
   */
  Resolution choose(List<AiService> services, ServiceWish wish, boolean named) {
    List<AiService> offered = new ArrayList<>();
    Set<String> obstacles = new TreeSet<>();
    for (AiService service : services) {
      Set<String> missing = obstacles(service, wish.limits());
      if (missing.isEmpty()) {
        offered.add(service);
      }
      obstacles.addAll(missing);
    }
    if (offered.isEmpty()) {
      return new NotResolvable(
          Reason.LIMIT_NOT_OFFERED,
          "no service and anchor keep all limits: " + String.join(", ", obstacles),
          services.stream().map(AiService::title).toList());
    }
    offered.sort(order(offered, wish));
    AiService chosen = offered.getFirst();
    double confidence = named ? 1 : wish.match().best();
    return new Resolved(profile(chosen, wish.limits()), chosen, confidence);
  }

  private Set<String> obstacles(AiService service, Limits limits) {
    Duration latencyMax = limits.latencyMax();
    if (latencyMax != null && service.targets().ttft().compareTo(latencyMax) > 0) {
      return Set.of("LATENCY_NOT_PROMISED");
    }
    Set<String> obstacles = new TreeSet<>();
    AiServiceProfile profile = profile(service, limits);
    for (Anchor anchor : catalog.anchorsServing(service.aisi())) {
      var rejection = AnchorFilter.byCatalog(profile, service, anchor);
      if (rejection.isEmpty()) {
        return Set.of();
      }
      obstacles.add(rejection.get().name());
    }
    return obstacles.isEmpty() ? Set.of("NOT_SERVING") : obstacles;
  }

  private static Comparator<AiService> order(List<AiService> offered, ServiceWish wish) {
    double best = offered.stream().mapToDouble(wish.match()::of).max().orElse(0);
    return Comparator.<AiService>comparingInt(s -> s.tier().equals(wish.tier()) ? 0 : 1)
        .thenComparingInt(s -> wish.match().of(s) > best - TIE ? 0 : 1)
        .thenComparingInt(s -> TIERS.contains(s.tier()) ? TIERS.indexOf(s.tier()) : TIERS.size())
        .thenComparing(s -> s.aisi().toString());
  }

  private static AiServiceProfile profile(AiService service, Limits limits) {
    Residency residency = limits.residency();
    Integer trustMin = limits.trustMin();
    return new AiServiceProfile(
        service.task(),
        service.modality(),
        service.tier(),
        Math.toIntExact(service.targets().ttft().toMillis()),
        Math.toIntExact(service.targets().p99().toMillis()),
        service.targets().successProbability(),
        residency == null ? List.of() : residency.codes(),
        trustMin == null ? 0 : trustMin,
        limits.priceMax(),
        service.mobility().name(),
        service.qos().policy().name());
  }
}
