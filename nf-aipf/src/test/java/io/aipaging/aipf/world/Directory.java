package io.aipaging.aipf.world;

import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.paging.ServiceDirectory;
import io.aipaging.aipf.relocation.RelocationTargets;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One service and every anchor of the network, whatever is wanted and wherever it is to move. */
record Directory(Map<String, FakeAnchor> anchors, Supplier<QosTerms.Demand> demanded)
    implements ServiceDirectory, RelocationTargets {
  @Override
  public Found find(Intent intent) {
    return "NONSENSE".equals(intent.task())
        ? new Found.NotResolvable("nobody does this")
        : new Found.Resolved(service());
  }

  @Override
  public List<LeaseAnchor> rank(Service service) {
    return anchors.keySet().stream().map(FakeAnchor::inLeases).toList();
  }

  @Override
  public Targets of(Session session, String wanted) {
    String own = session.state().live().getFirst().anchor().id();
    List<LeaseAnchor> others =
        anchors.keySet().stream()
            .filter(id -> !id.equals(own) && (wanted == null || wanted.equals(id)))
            .map(FakeAnchor::inLeases)
            .toList();
    return new Targets(others, "NO_ELIGIBLE_ANCHOR");
  }

  Service service() {
    QosTerms.Demand demand = demanded.get();
    AiServiceProfile profile =
        new AiServiceProfile(
            "EMBEDDING",
            "TEXT",
            "STANDARD",
            200,
            400,
            0.99,
            List.of(),
            0,
            null,
            "MAKE_BEFORE_BREAK",
            demand.name());
    QosTerms terms =
        demand == QosTerms.Demand.NONE
            ? QosTerms.NONE
            : new QosTerms(demand, new QosGrant(null, "qos-ai", "20 Mbps", "50 Mbps", 46));
    return new Service(
        Aisi.parse("urn:aisi:example.org:embedding:standard:1"),
        profile,
        0.9,
        ServiceEndpoint.of("203.0.113.10", "TCP", 8000),
        "http://203.0.113.10:8000/v1",
        terms);
  }
}
