package io.aipaging.aipf.world;

import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.paging.ServiceDirectory;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import java.util.List;
import java.util.Map;

/** One service and every anchor of the network, whatever is wanted. */
record Directory(Map<String, FakeAnchor> anchors, QosTerms.Demand demand)
    implements ServiceDirectory {
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

  Service service() {
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
