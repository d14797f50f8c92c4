package io.aipaging.aipf.sbi;

import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.relocation.AnchorCondition;
import io.aipaging.aipf.relocation.AnchorConditions;
import io.aipaging.aipf.selection.AnchorHealth;
import io.aipaging.aipf.selection.AnchorHealthSource;
import io.aipaging.openapi.paging.AnchorList;
import io.aipaging.openapi.paging.AnchorView;
import io.aipaging.protocol.Aisi;
import java.util.Comparator;
import java.util.Optional;

/** ListAnchors: the catalogue, and what this process knows of each anchor. */
final class ListAnchorsOperation {
  private final Catalog catalog;
  private final AnchorConditions conditions;
  private final AnchorHealthSource healths;

  ListAnchorsOperation(Catalog catalog, AnchorConditions conditions, AnchorHealthSource healths) {
    this.catalog = catalog;
    this.conditions = conditions;
    this.healths = healths;
  }

  AnchorList handle() {
    return new AnchorList(
        catalog.anchors().stream()
            .sorted(Comparator.comparing(Anchor::id))
            .map(this::view)
            .toList());
  }

  private AnchorView view(Anchor anchor) {
    Optional<AnchorCondition> condition = conditions.of(anchor.id());
    Optional<AnchorHealth> said =
        healths.healthOf(anchor.id()).filter(health -> health.slotsTotal() > 0);
    return new AnchorView(
        anchor.id(),
        anchor.dnai(),
        anchor.aisis().stream().map(Aisi::toString).sorted().toList(),
        condition.map(known -> known.state().name()).orElse("UNKNOWN"),
        condition.filter(AnchorCondition::draining).isPresent(),
        said.map(AnchorHealth::slotsTotal).orElse(null),
        said.map(AnchorHealth::slotsHeld).orElse(null));
  }
}
