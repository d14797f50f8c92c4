package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Steers in userspace and without privilege: relays TCP connections and datagrams that UEs send to
 * its own service addresses. It keeps expiry by its own timers, so nothing outlives the process; a
 * restart begins without grants. Anchors learn a UE's address from the PROXY protocol header
 * (version 2) of its connection and must list the gateway as one that may send it; of datagrams
 * they learn nothing but the gateway's address.
 */
public final class GatewayDriver implements SteeringDriver {
  private static final Duration FINISHING_TIME_MAX = Duration.ofSeconds(10);
  private static final long END_SECONDS_MAX = 5;

  private final GatewayConfig config;
  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("gateway-", 0).factory());
  private final Denials denials = new Denials();
  private final GrantTable grants;
  private final Finishing finishing;
  private final Places peers;
  private final Deque<Forwarder> forwarders = new ArrayDeque<>();

  private GatewayDriver(GatewayConfig config, ScheduledThreadPoolExecutor timer) {
    this.config = config;
    this.timer = timer;
    this.grants = new GrantTable(timer);
    this.finishing = new Finishing(config.connectionsMax(), FINISHING_TIME_MAX);
    this.peers = new Places(config.datagramPeersMax(), config.perUeMax());
  }

  /**
   * Listens on every service address.
   *
   * @throws SteeringFailed when one cannot be bound
   */
  public static GatewayDriver open(GatewayConfig config) throws SteeringFailed {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("gateway expiry").factory());
    // Otherwise every refresh would leave its predecessor's alarm behind.
    timer.setRemoveOnCancelPolicy(true);
    return open(config, timer);
  }

  /** The same by another timer, which the driver owns from now on. */
  static GatewayDriver open(GatewayConfig config, ScheduledThreadPoolExecutor timer)
      throws SteeringFailed {
    GatewayDriver driver = new GatewayDriver(config, timer);
    try {
      driver.listen();
      return driver;
    } catch (IOException e) {
      driver.close();
      throw new SteeringFailed("cannot listen on a service address", e);
    }
  }

  private void listen() throws IOException {
    Forwarding shared =
        new Forwarding(
            config,
            grants,
            denials,
            new Places(config.connectionsMax(), config.perUeMax()),
            peers,
            finishing,
            workers);
    for (ServiceEndpoint service : config.services()) {
      forwarders.add(
          service.protocol() == Transport.TCP
              ? TcpForwarder.start(shared, service)
              : UdpForwarder.start(shared, service));
    }
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public Optional<String> objection(Flow flow, TransportAddress anchor) {
    if (!config.services().contains(flow.service())) {
      return Optional.of("the service address is not in this gate's scope");
    }
    if (flow.ue().address().getClass() != flow.service().address().getClass()) {
      return Optional.of("UE and service have different address families");
    }
    boolean leadsHere =
        config.services().stream()
            .anyMatch(
                service ->
                    service.port() == anchor.port() && service.address().equals(anchor.address()));
    return leadsHere ? Optional.of("the anchor is this gate itself") : Optional.empty();
  }

  @Override
  public void apply(SteeringStep step) throws SteeringFailed {
    grants.apply(step);
  }

  @Override
  public Set<GrantId> live() {
    return grants.live();
  }

  @Override
  public boolean isLive(GrantId grant) {
    return grants.live().contains(grant);
  }

  /** Nobody but this process has its sockets. */
  @Override
  public boolean isUndisturbed() {
    return true;
  }

  @Override
  public void restore(List<SteeringStep> wanted) throws SteeringFailed {
    Set<GrantId> keep = new HashSet<>();
    wanted.forEach(step -> step.carried().forEach(carried -> keep.add(carried.grant().id())));
    grants.end(grant -> !keep.contains(grant.grant().id()));
    for (SteeringStep step : wanted) {
      grants.apply(step);
    }
  }

  @Override
  public Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException {
    LiveGrant live =
        grants
            .get(flow, grant.id())
            .filter(found -> found.grant().equals(grant))
            .orElseThrow(() -> new IOException("the grant is not in force"));
    return ProbeConnection.open(live, timeMax);
  }

  @Override
  public Map<String, Long> denied() {
    return denials.byKind();
  }

  /** Connections that are over but still within reach of their grants. */
  int finishing() {
    return finishing.held();
  }

  /** UE ports with datagram traffic. */
  int datagramPeers() {
    return peers.taken();
  }

  /** Stops listening, resets every connection and ends every thread; repeating it does nothing. */
  @Override
  public void close() {
    while (!forwarders.isEmpty()) {
      forwarders.pop().close();
    }
    grants.close();
    timer.shutdownNow();
    workers.shutdown();
    try {
      boolean _ =
          workers.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)
              && timer.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
