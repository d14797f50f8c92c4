package io.aipaging.smfadapter;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.nrf.Nrf;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.smfadapter.steering.corepath.SmfEvents;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The functions of the core that its NRF names, each reached by one client, itself or through the
 * SCP where there is one. Thread-safe.
 */
final class CorePeers implements AutoCloseable {
  static final Kind UDR = new Kind("UDR", "nudr-dr");
  static final Kind SMF = new Kind("SMF", SmfEvents.SERVICE);
  private static final Kind BSF = new Kind("BSF", "nbsf-management");
  private static final int PEERS_MAX = 64;

  private final Nrf nrf;
  private final NrfConfig registry;
  private final CoreProfile profile;
  private final Vertx vertx;
  private final Map<Peer, RawClient> clients = new ConcurrentHashMap<>();

  CorePeers(Nrf nrf, NrfConfig registry, CoreProfile profile, Vertx vertx) {
    this.nrf = nrf;
    this.registry = registry;
    this.profile = profile;
    this.vertx = vertx;
  }

  /** Which functions, by NF type (TS 29.510) and service called. */
  record Kind(String nfType, String service) {}

  private record Peer(Kind kind, URI apiRoot) {}

  /** The {@code apiRoot}s that the NRF names. */
  List<URI> named(Kind kind) {
    return nrf.discover(kind.nfType(), kind.service());
  }

  /** Who says whose PDU session an address is. */
  BsfLookup bsf() {
    return new BsfLookup(() -> named(BSF), uri -> reached(BSF, uri), registry.answerWithin());
  }

  /**
   * The client of one function.
   *
   * @throws Refusal 504 when nobody can be reached at {@code apiRoot}
   */
  RawClient reached(Kind kind, URI apiRoot) {
    Peer peer = new Peer(kind, apiRoot);
    if (clients.size() >= PEERS_MAX && !clients.containsKey(peer)) {
      close();
    }
    try {
      return clients.computeIfAbsent(peer, this::open);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The core names a peer as none can be.");
    }
  }

  private RawClient open(Peer peer) {
    URI scp = registry.scp();
    ClientConfig client = registry.client(scp == null ? peer.apiRoot() : scp, profile.http2());
    RawClient.Access access =
        new RawClient.Access(
            nrf.tokens(peer.kind().nfType()),
            peer.kind().service(),
            scp == null ? null : peer.apiRoot());
    return RawClient.create(client, access, vertx);
  }

  /** Lets go of all: functions come and go, and what is under way with them is asked again. */
  @Override
  public void close() {
    for (Peer peer : List.copyOf(clients.keySet())) {
      RawClient gone = clients.remove(peer);
      if (gone != null) {
        gone.close();
      }
    }
  }
}
