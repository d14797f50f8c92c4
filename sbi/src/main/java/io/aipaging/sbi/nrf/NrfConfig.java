package io.aipaging.sbi.nrf;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.Default;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A core's NRF.
 *
 * @param uris {@code apiRoot} of each of its instances, the preferred first
 * @param tls trust and own certificate; required exactly for https
 * @param nfInstanceId own NF instance id, a version 4 UUID; null makes one per process
 * @param address own IP address as peers of the core reach it
 * @param heartbeat wanted time between two heartbeats, 1 s to 1 h; what the NRF grants is kept
 * @param answerWithin longest wait for one answer
 * @param scp {@code apiRoot} of the SCP through which other NFs of the core are called; null calls
 *     them directly
 */
public record NrfConfig(
    List<URI> uris,
    @Nullable ClientTlsConfig tls,
    @Nullable UUID nfInstanceId,
    String address,
    @Default("10s") Duration heartbeat,
    @Default("3s") Duration answerWithin,
    @Nullable URI scp) {
  private static final int URIS_MAX = 8;
  private static final int UUID_VERSION = 4;

  public NrfConfig {
    uris = List.copyOf(uris);
    if (uris.isEmpty() || uris.size() > URIS_MAX) {
      throw new IllegalArgumentException("uris must name 1 to " + URIS_MAX + " NRFs");
    }
    if (nfInstanceId != null && nfInstanceId.version() != UUID_VERSION) {
      throw new IllegalArgumentException("nf-instance-id must be a version 4 UUID");
    }
    if (!address.matches("[0-9.]{7,15}|[0-9a-fA-F:]{2,39}")) {
      throw new IllegalArgumentException("address must be a literal IP address");
    }
    Check.range("heartbeat", heartbeat, Duration.ofSeconds(1), Duration.ofHours(1));
    Check.range("answer-within", answerWithin, Duration.ofMillis(10), Duration.ofMinutes(1));
    if (scp != null) {
      var _ = client(scp, tls, answerWithin);
    }
    for (URI uri : uris) {
      var _ = client(uri, tls, answerWithin);
    }
  }

  /** One NRF in cleartext; everything else as by default. */
  public static NrfConfig cleartext(URI uri, String address) {
    return new NrfConfig(
        List.of(uri), null, null, address, Duration.ofSeconds(10), Duration.ofSeconds(3), null);
  }

  /** The same core through its SCP. */
  public NrfConfig through(@Nullable URI other) {
    return new NrfConfig(uris, tls, nfInstanceId, address, heartbeat, answerWithin, other);
  }

  /** How to reach an NF of this core. */
  public ClientConfig client(URI apiRoot, boolean http2) {
    ClientConfig client = client(apiRoot, tls, answerWithin);
    return http2 ? client : client.overHttp1();
  }

  private static ClientConfig client(
      URI apiRoot, @Nullable ClientTlsConfig tls, Duration answerWithin) {
    ClientConfig client =
        "https".equals(apiRoot.getScheme()) && tls != null
            ? ClientConfig.tls(apiRoot, tls)
            : ClientConfig.cleartext(apiRoot);
    return client.with(answerWithin, answerWithin, 0);
  }
}
