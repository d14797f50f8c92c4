package io.aipaging.aipf.relocation;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.catalog.Mobility;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.selection.AnchorSelection;
import io.aipaging.aipf.selection.Ranking;
import io.aipaging.aipf.selection.SelectionScope;
import java.util.List;
import java.util.Optional;

/** Anchors of the catalogue that keep a session's profile. Thread-safe. */
public final class CatalogTargets implements RelocationTargets {
  private final Catalog catalog;
  private final AnchorSelection selection;

  /** Targets of {@code catalog}. */
  public CatalogTargets(Catalog catalog, AnchorSelection selection) {
    this.catalog = catalog;
    this.selection = selection;
  }

  @Override
  public Targets of(Session session, Wish wish) {
    String wanted = wish.anchor();
    Optional<AiService> service = catalog.service(session.facts().service().aisi());
    if (service.isEmpty()) {
      return none("NOT_SERVING");
    }
    if (service.get().mobility() == Mobility.NONE) {
      return none("MOBILITY_NONE");
    }
    if (wanted != null && catalog.anchor(wanted).isEmpty()) {
      return none("UNKNOWN_ANCHOR");
    }
    SelectionScope scope = scope(session, wish);
    List<Anchor> candidates =
        wanted == null
            ? catalog.anchorsServing(service.get().aisi())
            : catalog.anchor(wanted).stream().toList();
    Ranking ranking =
        selection.rank(session.facts().service().profile(), service.get(), candidates, scope);
    List<LeaseAnchor> anchors =
        ranking.anchors().stream()
            .map(
                anchor ->
                    new LeaseAnchor(
                        anchor.ref(), anchor.agentEnforcerId(), anchor.gateEnforcerId()))
            .toList();
    String cause =
        wanted == null
            ? "NO_ELIGIBLE_ANCHOR"
            : ranking.rejectionOf(wanted).map(Enum::name).orElse("NO_ELIGIBLE_ANCHOR");
    return new Targets(anchors, cause);
  }

  private static SelectionScope scope(Session session, Wish wish) {
    String dnai = wish.dnai();
    SelectionScope scope = dnai == null ? SelectionScope.ALL : SelectionScope.ALL.at(dnai);
    for (String avoided : wish.avoided()) {
      scope = scope.excluding(avoided);
    }
    for (Lease.Live lease : session.state().live()) {
      if (!(lease instanceof Lease.Draining)) {
        scope = scope.excluding(lease.anchor().id());
      }
    }
    return scope;
  }

  private static Targets none(String cause) {
    return new Targets(List.of(), cause);
  }
}
