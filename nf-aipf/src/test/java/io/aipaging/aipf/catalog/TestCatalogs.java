package io.aipaging.aipf.catalog;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Small catalogues for tests. */
public final class TestCatalogs {
  private TestCatalogs() {}

  public static Aisi aisi(String service, String tier) {
    return new Aisi("test.example", service, tier, "1");
  }

  /** A service at 203.0.113.{@code host} with a time to first token of 200 ms. */
  public static AiService service(Aisi aisi, String task, int host, String... phrases) {
    return new AiService(
        aisi,
        aisi.service() + " " + aisi.tier(),
        List.of(phrases),
        task,
        "TEXT",
        new ServiceTargets(Duration.ofMillis(200), Duration.ofMillis(900), 0.99),
        ServiceQos.NONE,
        ServiceEndpoint.of("203.0.113." + host, "TCP", 8000),
        "http://203.0.113." + host + ":8000/v1",
        Mobility.MAKE_BEFORE_BREAK);
  }

  /** An anchor in Germany of trust 3, 20 ms away, at 1.00, at 10.0.0.{@code host}. */
  public static Anchor anchor(String id, int host, Aisi... aisis) {
    return new Anchor(
        id,
        "dnai-" + id,
        "aexf-" + id,
        "gate",
        URI.create("https://10.0.0." + host + ":8443"),
        TransportAddress.parse("10.0.0." + host + ":8000"),
        "DE",
        3,
        Duration.ofMillis(20),
        1.0,
        8,
        Set.of(aisis));
  }

  /** The same anchor elsewhere, with another trust, distance in ms and price. */
  public static Anchor placed(
      Anchor anchor, String country, int trust, int latencyMs, double price) {
    return new Anchor(
        anchor.id(),
        anchor.dnai(),
        anchor.agentEnforcerId(),
        anchor.gateEnforcerId(),
        anchor.admissionUri(),
        anchor.endpoint(),
        country,
        trust,
        Duration.ofMillis(latencyMs),
        price,
        anchor.slots(),
        anchor.aisis());
  }

  public static Catalog catalog(List<AiService> services, List<Anchor> anchors) {
    return new Catalog("EUR", services, anchors, List.of());
  }
}
