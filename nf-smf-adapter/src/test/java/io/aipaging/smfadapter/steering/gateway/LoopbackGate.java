package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.lab.LoopbackPorts;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A gateway of its own on loopback, where every address of 127.0.0.0/8 is ours: UE {@code n} is
 * 127.0.1.n, the service 127.0.2.1, anchors are on 127.0.3.1.
 */
final class LoopbackGate implements AutoCloseable {
  static final String SERVICE = "127.0.2.1";
  static final String ANCHORS = "127.0.3.1";
  static final Duration LONG = Duration.ofSeconds(30);

  private final int port;
  private final GatewayDriver driver;
  private final AtomicLong lastId = new AtomicLong();

  private LoopbackGate(int port, GatewayDriver driver) {
    this.port = port;
    this.driver = driver;
  }

  /** Changes the defaults. */
  interface Bounds {
    GatewayConfig of(List<ServiceEndpoint> services);
  }

  static LoopbackGate open() throws Exception {
    return open(GatewayConfig::of);
  }

  static LoopbackGate open(Bounds bounds) throws Exception {
    int port = freePort();
    return new LoopbackGate(port, GatewayDriver.open(bounds.of(services(port))));
  }

  static LoopbackGate open(Bounds bounds, ScheduledThreadPoolExecutor timer) throws Exception {
    int port = freePort();
    return new LoopbackGate(port, GatewayDriver.open(bounds.of(services(port)), timer));
  }

  GatewayDriver driver() {
    return driver;
  }

  Flow flow(int ue, Transport transport) {
    return new Flow(
        UeAddress.parse("127.0.1." + ue), ServiceEndpoint.of(SERVICE, transport.name(), port));
  }

  /** A fresh grant to an anchor on a local port. */
  Grant grant(int anchorPort) {
    return new Grant(
        new GrantId(lastId.incrementAndGet()), TransportAddress.parse(ANCHORS + ":" + anchorPort));
  }

  /** Lets a grant take everything new of a flow; the time it was in force at the latest. */
  long carry(Flow flow, Grant grant, Duration timeLeft) throws SteeringFailed {
    driver.apply(new SteeringStep(flow, List.of(new Carried(grant, timeLeft, true)), List.of()));
    return System.nanoTime();
  }

  void end(Flow flow, Grant grant) throws SteeringFailed {
    driver.apply(new SteeringStep(flow, List.of(), List.of(grant)));
  }

  Socket connect(int ue) throws IOException {
    return connect(ue, new Socket());
  }

  /** Connects a socket whose options are set already. */
  Socket connect(int ue, Socket socket) throws IOException {
    try {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.1." + ue), 0));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      socket.connect(service(), 5_000);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Connects and is told that the connection is not carried, not left waiting. */
  void assertRefused(int ue) {
    assertThatThrownBy(
            () -> {
              try (Socket socket = connect(ue)) {
                socket.getInputStream().read();
              }
            })
        .isInstanceOf(SocketException.class);
  }

  DatagramSocket datagrams(int ue) throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.1." + ue), 0));
    socket.connect(service());
    socket.setSoTimeout(10_000);
    return socket;
  }

  long denied(String kind) {
    return driver.denied().getOrDefault(kind, 0L);
  }

  private InetSocketAddress service() {
    return new InetSocketAddress(InetAddress.ofLiteral(SERVICE), port);
  }

  static int freePort() throws IOException {
    return LoopbackPorts.free(SERVICE, 1).getFirst();
  }

  private static List<ServiceEndpoint> services(int port) {
    return List.of(
        ServiceEndpoint.of(SERVICE, "TCP", port), ServiceEndpoint.of(SERVICE, "UDP", port));
  }

  @Override
  public void close() {
    driver.close();
  }
}
