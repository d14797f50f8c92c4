package io.aipaging.simulation.world;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.catalog.Mobility;
import io.aipaging.aipf.catalog.QosPolicy;
import io.aipaging.aipf.catalog.ServiceQos;
import io.aipaging.aipf.catalog.ServiceTargets;
import io.aipaging.aipf.intent.IntentResolver;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The catalogue of every history: three services that differ in their QoS, four anchors.
 *
 * @param catalog the catalogue
 * @param intents resolves intents by it
 */
public record Offer(Catalog catalog, IntentResolver intents) {
  /** Tasks on offer. */
  static final List<String> TASKS = List.of("EMBEDDING", "CHAT", "VISION");

  private static final List<QosPolicy> POLICIES =
      List.of(QosPolicy.NONE, QosPolicy.PREFERRED, QosPolicy.REQUIRED);
  private static final List<String> ANCHORS =
      List.of("anchor-a", "anchor-b", "anchor-c", "anchor-d");
  private static final int SLOTS = 4;
  private static final Offer ONE_GATE = of(1);
  private static final Offer TWO_GATES = of(2);

  /** The offer behind that many gates, 1 or 2. */
  static Offer behind(int gates) {
    return gates == 1 ? ONE_GATE : TWO_GATES;
  }

  private static Offer of(int gates) {
    List<AiService> services = new ArrayList<>();
    for (int i = 0; i < TASKS.size(); i++) {
      services.add(service(TASKS.get(i), POLICIES.get(i), i + 1));
    }
    Set<Aisi> aisis = new HashSet<>(services.stream().map(AiService::aisi).toList());
    List<Anchor> anchors = new ArrayList<>();
    for (int i = 0; i < ANCHORS.size(); i++) {
      anchors.add(anchor(ANCHORS.get(i), "gate-" + (i % gates + 1), i + 1, aisis));
    }
    Catalog catalog = new Catalog("EUR", services, anchors, List.of());
    return new Offer(catalog, new IntentResolver(catalog, sentence -> new float[] {1}));
  }

  private static AiService service(String task, QosPolicy policy, int host) {
    return new AiService(
        new Aisi("sim.example", task.toLowerCase(java.util.Locale.ROOT), "standard", "1"),
        task,
        List.of(task),
        task,
        "TEXT",
        new ServiceTargets(Duration.ofMillis(200), Duration.ofMillis(900), 0.99),
        policy == QosPolicy.NONE
            ? ServiceQos.NONE
            : new ServiceQos(policy, "qos-ai", "20 Mbps", "50 Mbps", 46),
        ServiceEndpoint.of("203.0.113." + host, "TCP", 8_000),
        "http://203.0.113." + host + ":8000/v1",
        Mobility.MAKE_BEFORE_BREAK);
  }

  private static Anchor anchor(String id, String gate, int host, Set<Aisi> aisis) {
    return new Anchor(
        id,
        "dnai-" + id,
        "agent-" + id,
        gate,
        URI.create("https://10.60.0." + host + ":8443"),
        TransportAddress.parse("10.60.0." + host + ":8000"),
        "DE",
        3,
        Duration.ofMillis(20),
        1.0,
        SLOTS,
        aisis);
  }
}
