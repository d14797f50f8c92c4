package io.aipaging.aipf.paging;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.catalog.ServiceQos;
import io.aipaging.aipf.intent.IntentResolver;
import io.aipaging.aipf.intent.NotResolvable;
import io.aipaging.aipf.intent.Resolved;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.selection.AnchorSelection;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.protocol.QosGrant;
import java.util.List;

/** Services and anchors of the catalogue. Thread-safe. */
public final class CatalogServices implements ServiceDirectory {
  private final Catalog catalog;
  private final IntentResolver intents;
  private final AnchorSelection selection;

  /** Services of {@code catalog}. */
  public CatalogServices(Catalog catalog, IntentResolver intents, AnchorSelection selection) {
    this.catalog = catalog;
    this.intents = intents;
    this.selection = selection;
  }

  @Override
  public Found find(Intent intent) {
    return switch (intents.resolve(intent)) {
      case Resolved resolved -> new Found.Resolved(service(resolved));
      case NotResolvable refused -> new Found.NotResolvable(refused.explanation());
    };
  }

  private static Service service(Resolved resolved) {
    AiService service = resolved.service();
    return new Service(
        service.aisi(),
        resolved.profile(),
        resolved.confidence(),
        service.address(),
        service.uri(),
        qos(service.qos()));
  }

  private static QosTerms qos(ServiceQos qos) {
    QosTerms.Demand demand =
        switch (qos.policy()) {
          case REQUIRED -> QosTerms.Demand.REQUIRED;
          case PREFERRED -> QosTerms.Demand.PREFERRED;
          case NONE -> QosTerms.Demand.NONE;
        };
    return new QosTerms(
        demand, new QosGrant(null, qos.qosReference(), qos.maxBwUl(), qos.maxBwDl(), qos.dscp()));
  }

  @Override
  public List<LeaseAnchor> rank(Service service) {
    return catalog
        .service(service.aisi())
        .map(
            known -> selection.rank(service.profile(), known, catalog.anchorsServing(known.aisi())))
        .map(ranking -> ranking.anchors().stream().map(CatalogServices::anchor).toList())
        .orElse(List.of());
  }

  /** The anchor as leases need it. */
  public static LeaseAnchor anchor(Anchor anchor) {
    return new LeaseAnchor(anchor.ref(), anchor.agentEnforcerId(), anchor.gateEnforcerId());
  }
}
