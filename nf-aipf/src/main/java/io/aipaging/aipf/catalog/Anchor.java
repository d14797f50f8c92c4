package io.aipaging.aipf.catalog;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.TransportAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * A place where AI services run.
 *
 * @param id anchor id
 * @param dnai data network access identifier (TS 23.501 §5.6.7)
 * @param agentEnforcerId its agent's name in a COMMIT's {@code aud}
 * @param gateEnforcerId the name of the N6 gate in front of it, likewise
 * @param admissionUri base URI of its agent's admission service
 * @param endpoint where its guard takes the sessions' traffic
 * @param country where it stands, ISO 3166-1 alpha-2
 * @param trust how far the operator trusts it, 0 (not at all) to 5 (own, attested)
 * @param predictedLatency round trip and queueing expected on the way to it, 0 to 10 min
 * @param pricePer1000 price of 1000 requests in the catalogue's currency, 0 or more
 * @param slots sessions it is planned for, 1 or more; what it really has, its agent reports
 * @param aisis what it serves, at least one
 */
public record Anchor(
    String id,
    String dnai,
    String agentEnforcerId,
    String gateEnforcerId,
    URI admissionUri,
    TransportAddress endpoint,
    String country,
    int trust,
    Duration predictedLatency,
    double pricePer1000,
    int slots,
    Set<Aisi> aisis) {
  /** Highest trust level. */
  public static final int TRUST_MAX = 5;

  private static final Duration LATENCY_MAX = Duration.ofMinutes(10);

  public Anchor {
    Require.id("id", id);
    Require.id("dnai", dnai);
    Require.id("agent enforcer id", agentEnforcerId);
    Require.id("gate enforcer id", gateEnforcerId);
    Require.that(
        admissionUri.getHost() != null
            && ("http".equals(admissionUri.getScheme())
                || "https".equals(admissionUri.getScheme())),
        "admission URI must be an http or https URI with a host");
    Require.that(Residency.isCountry(country), "country must be an ISO 3166-1 alpha-2 code");
    Require.that(trust >= 0 && trust <= TRUST_MAX, "trust must be 0 to " + TRUST_MAX);
    Require.between("predicted latency", predictedLatency, Duration.ZERO, LATENCY_MAX);
    Require.that(pricePer1000 >= 0 && Double.isFinite(pricePer1000), "price must be 0 or more");
    Require.that(slots >= 1, "slots must be 1 or more");
    aisis = Set.copyOf(aisis);
    Require.that(!aisis.isEmpty(), "an anchor serves at least one AISI");
  }

  /** Whether {@code aisi} runs here. */
  public boolean serves(Aisi aisi) {
    return aisis.contains(aisi);
  }

  /** What a COMMIT says about it. */
  public AnchorRef ref() {
    return new AnchorRef(id, dnai, endpoint);
  }
}
