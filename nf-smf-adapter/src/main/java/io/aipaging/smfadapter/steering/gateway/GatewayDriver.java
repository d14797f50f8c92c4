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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Steers in userspace: relays TCP connections and datagrams that UEs send to its own service
 * addresses. It keeps expiry by its own timers, so nothing outlives the process; a restart begins
 * without grants. Anchors learn a UE's address from the PROXY protocol header of its connection.
 */
public final class GatewayDriver implements SteeringDriver {
  private final GatewayConfig config;
  private final GrantTable grants = new GrantTable();
  private final Denials denials = new Denials();
  private final List<AutoCloseable> forwarders = new ArrayList<>();

  private GatewayDriver(GatewayConfig config) {
    this.config = config;
  }

  /**
   * Listens on every service address.
   *
   * @throws SteeringFailed when one cannot be bound
   */
  public static GatewayDriver open(GatewayConfig config) throws SteeringFailed {
    GatewayDriver driver = new GatewayDriver(config);
    try {
      for (ServiceEndpoint service : config.services()) {
        driver.forwarders.add(driver.forwarder(service));
      }
      return driver;
    } catch (IOException e) {
      driver.close();
      throw new SteeringFailed("cannot listen on a service address", e);
    }
  }

  private AutoCloseable forwarder(ServiceEndpoint service) throws IOException {
    return service.protocol() == Transport.TCP
        ? TcpForwarder.start(config, service, grants, denials)
        : UdpForwarder.start(config, service, grants, denials);
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public Optional<String> objection(Flow flow, TransportAddress anchor) {
    return config.services().contains(flow.service())
        ? Optional.empty()
        : Optional.of("the service address is not in this gate's scope");
  }

  @Override
  public void apply(SteeringStep step) {
    grants.apply(step);
  }

  @Override
  public Set<GrantId> live() {
    return grants.live();
  }

  @Override
  public void retainOnly(Collection<GrantId> known) {
    Set<GrantId> keep = Set.copyOf(known);
    grants.end(grant -> !keep.contains(grant.grant().id()));
  }

  @Override
  public Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException {
    LiveGrant live =
        grants
            .get(grant.id())
            .filter(found -> found.flow().equals(flow))
            .orElseThrow(() -> new IOException("the grant is not in force"));
    TransportAddress anchor = live.grant().anchor();
    Socket socket = new Socket();
    try {
      // Header and question are two writes: without this the second waits for a delayed ACK.
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(anchor.address(), anchor.port()),
          Math.toIntExact(timeMax.toMillis()));
      socket.getOutputStream().write(ProxyHeader.own());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Map<String, Long> denied() {
    return denials.byKind();
  }

  /** Stops listening and resets every connection. */
  @Override
  public void close() {
    for (AutoCloseable forwarder : forwarders) {
      try {
        forwarder.close();
      } catch (Exception e) {
        throw new IllegalStateException("a listener did not close", e);
      }
    }
    grants.close();
  }
}
