package io.aipaging.sbi.core;

import java.time.Duration;
import java.util.List;

/**
 * How one 5G core differs from others as a peer.
 *
 * @param http2 HTTP/2 by prior knowledge (or ALPN with TLS), else HTTP/1.1
 * @param nfTypes NF types to register as, the next when the core refuses one
 * @param requesterNfType NF type that its discovery accepts of a consumer
 * @param tokens whether it wants access tokens
 * @param discoveryKeptMax longest time a discovery answer is believed, whatever the answer says
 * @param n5 its Npcf_PolicyAuthorization
 */
public record CoreProfile(
    boolean http2,
    List<String> nfTypes,
    String requesterNfType,
    Tokens tokens,
    Duration discoveryKeptMax,
    N5 n5) {
  public CoreProfile {
    nfTypes = List.copyOf(nfTypes);
    if (nfTypes.isEmpty()) {
      throw new IllegalArgumentException("nf-types must name one");
    }
  }

  /** Whether a core wants access tokens (TS 29.510 §5.4). */
  public enum Tokens {
    /** It has no token endpoint. */
    NEVER,
    /** Its NRF's answer to a registration says so in {@code customInfo.oauth2}. */
    LEARNED
  }

  /**
   * Npcf_PolicyAuthorization (TS 29.514).
   *
   * @param suppFeat supported features to offer, hexadecimal
   * @param medTypeDefault media type of QoS references without a tier of their own
   * @param events whether it tells what becomes of a flow's QoS
   * @param gap pause it needs between two operations on one PDU session
   * @param appSessionsPerUeMax app sessions of one PDU session that it really carries
   * @param routes whether an app session also says where its flow leaves the core; elsewhere that
   *     is ignored at best
   * @param supiNeeded whether it finds a PDU session by SUPI and address only
   */
  public record N5(
      String suppFeat,
      String medTypeDefault,
      boolean events,
      Duration gap,
      int appSessionsPerUeMax,
      boolean routes,
      boolean supiNeeded) {}
}
