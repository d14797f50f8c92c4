package io.aipaging.aipf.selection;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.openapi.paging.AiServiceProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ranks anchors for a session: hard limits first, then cost, then the id, so that the same facts
 * give the same order wherever and however often they are looked at.
 */
public final class AnchorSelection {
  private final AnchorHealthSource healths;
  private final CostWeights weights;

  /** A selection with {@link CostWeights#DEFAULT}. */
  public AnchorSelection(AnchorHealthSource healths) {
    this(healths, CostWeights.DEFAULT);
  }

  /** A selection with these weights. */
  public AnchorSelection(AnchorHealthSource healths, CostWeights weights) {
    this.healths = healths;
    this.weights = weights;
  }

  /** Ranks all of {@code anchors}. */
  public Ranking rank(AiServiceProfile profile, AiService service, List<Anchor> anchors) {
    return rank(profile, service, anchors, SelectionScope.ALL);
  }

  /**
   * Ranks {@code anchors} within {@code scope}. An anchor's health is asked for once and only if
   * nothing else has ruled it out.
   */
  public Ranking rank(
      AiServiceProfile profile, AiService service, List<Anchor> anchors, SelectionScope scope) {
    List<RankedAnchor> eligible = new ArrayList<>();
    List<RejectedAnchor> rejected = new ArrayList<>();
    for (Anchor anchor : anchors) {
      switch (judge(profile, service, anchor, scope)) {
        case Eligible(double cost) -> eligible.add(new RankedAnchor(anchor, cost));
        case Turned(Rejection reason) -> rejected.add(new RejectedAnchor(anchor.id(), reason));
      }
    }
    eligible.sort(
        Comparator.comparingDouble(RankedAnchor::cost)
            .thenComparing(ranked -> ranked.anchor().id()));
    rejected.sort(Comparator.comparing(RejectedAnchor::anchorId));
    return new Ranking(eligible, rejected);
  }

  private Judgement judge(
      AiServiceProfile profile, AiService service, Anchor anchor, SelectionScope scope) {
    Optional<Rejection> settled =
        AnchorFilter.byScope(scope, anchor)
            .or(() -> AnchorFilter.byCatalog(profile, service, anchor));
    if (settled.isPresent()) {
      return new Turned(settled.get());
    }
    Optional<AnchorHealth> health = healths.healthOf(anchor.id());
    if (health.isEmpty()) {
      return new Turned(Rejection.HEALTH_UNKNOWN);
    }
    return AnchorFilter.byHealth(health.get())
        .<Judgement>map(Turned::new)
        .orElseGet(() -> new Eligible(cost(profile, anchor, health.get())));
  }

  private double cost(AiServiceProfile profile, Anchor anchor, AnchorHealth health) {
    double latency = (double) anchor.predictedLatency().toMillis() / profile.ttftMs();
    return weights.latency() * latency
        + weights.load() * health.load()
        + weights.price() * priceShare(anchor.pricePer1000(), profile.priceMax());
  }

  private static double priceShare(double price, @Nullable Double cap) {
    if (cap == null) {
      return price / (price + 1);
    }
    return price == 0 ? 0 : price / cap;
  }

  private sealed interface Judgement {}

  private record Eligible(double cost) implements Judgement {}

  private record Turned(Rejection reason) implements Judgement {}
}
