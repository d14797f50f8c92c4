package io.aipaging.sbi.nrf;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.core.CoreProfile;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a core that its NRF names, each reached by one client, itself or through the SCP
 * where there is one. Functions come and go: the client that was not used for longest makes room,
 * and is closed once what it may have under way has ended. Thread-safe.
 */
public final class NfPeers implements AutoCloseable {
  static final int PEERS_MAX = 64;

  /** Longer than anybody waits for an answer, with its token, twice. */
  static final Duration UNDER_WAY = Duration.ofMinutes(5);

  private final Nrf nrf;
  private final NrfConfig registry;
  private final UnaryOperator<ClientConfig> tuned;
  private final CoreProfile profile;
  private final Vertx vertx;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Peer, RawClient> clients = new LinkedHashMap<>(PEERS_MAX, 0.75f, true);
  private final Deque<Retired> retired = new ArrayDeque<>();
  private boolean closed; // guarded by lock

  /**
   * Nobody is known yet.
   *
   * @param tuned what is special about clients of this function
   */
  public NfPeers(
      Nrf nrf,
      NrfConfig registry,
      UnaryOperator<ClientConfig> tuned,
      CoreProfile profile,
      Vertx vertx) {
    this(nrf, registry, tuned, profile, vertx, System::nanoTime);
  }

  NfPeers(
      Nrf nrf,
      NrfConfig registry,
      UnaryOperator<ClientConfig> tuned,
      CoreProfile profile,
      Vertx vertx,
      LongSupplier nanoTime) {
    this.nrf = nrf;
    this.registry = registry;
    this.tuned = tuned;
    this.profile = profile;
    this.vertx = vertx;
    this.nanoTime = nanoTime;
  }

  /**
   * Which functions.
   *
   * @param nfType NF type (TS 29.510 §6.1.6.3.3)
   * @param service name of the service called
   */
  public record Kind(String nfType, String service) {}

  private record Peer(Kind kind, URI apiRoot) {}

  private record Retired(RawClient client, long sinceNanos) {}

  /**
   * The {@code apiRoot}s that the NRF names, the best first.
   *
   * @throws Refusal 504 when the NRF gives no usable answer and none is kept
   */
  public List<URI> named(Kind kind) {
    return nrf.discover(kind.nfType(), kind.service());
  }

  /**
   * The client of one function; not to be kept, because it is closed when others need its place.
   *
   * @throws Refusal 504 when nobody can be reached at {@code apiRoot}, or when the core names new
   *     peers faster than the former ones can be let go
   */
  public RawClient reached(Kind kind, URI apiRoot) {
    Peer peer = new Peer(kind, apiRoot);
    lock.lock();
    try {
      if (closed) {
        throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "This function is ending.");
      }
      RawClient known = clients.get(peer);
      if (known != null) {
        return known;
      }
      makeRoom();
      RawClient opened = open(peer);
      clients.put(peer, opened);
      return opened;
    } catch (IllegalArgumentException e) {
      throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The core names a peer as none can be.");
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    long now = nanoTime.getAsLong();
    while (!retired.isEmpty() && now - retired.getFirst().sinceNanos() >= UNDER_WAY.toNanos()) {
      retired.removeFirst().client().close();
    }
    if (clients.size() < PEERS_MAX) {
      return;
    }
    if (retired.size() >= PEERS_MAX) {
      throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The core names too many peers.");
    }
    Peer eldest = clients.keySet().iterator().next();
    RawClient gone = clients.remove(eldest);
    if (gone != null) {
      retired.addLast(new Retired(gone, now));
    }
  }

  private RawClient open(Peer peer) {
    @Nullable URI scp = registry.scp();
    ClientConfig client = registry.client(scp == null ? peer.apiRoot() : scp, profile.http2());
    RawClient.Access access =
        new RawClient.Access(
            nrf.tokens(peer.kind().nfType()),
            peer.kind().service(),
            scp == null ? null : peer.apiRoot());
    return RawClient.create(tuned.apply(client), access, vertx);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      clients.values().forEach(RawClient::close);
      clients.clear();
      retired.forEach(gone -> gone.client().close());
      retired.clear();
    } finally {
      lock.unlock();
    }
  }
}
