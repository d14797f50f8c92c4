package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.EchoAnchor;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringDriverContract;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.UeConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On loopback, where every address of 127.0.0.0/8 is ours: UEs, service and anchors. */
class GatewayDriverIT extends SteeringDriverContract {
  private static final String SERVICE = "127.0.2.1";
  private static final int CONNECTIONS_MAX = 3;
  private static final AtomicLong LAST_ID = new AtomicLong();
  private static int port;
  private static EchoAnchor a;
  private static EchoAnchor b;
  private static GatewayDriver driver;

  @BeforeAll
  static void openGate() throws Exception {
    port = LoopbackGate.freePort();
    a = echo("a", "127.0.3.1");
    b = echo("b", "127.0.3.2");
    GatewayConfig defaults =
        GatewayConfig.of(
            List.of(
                ServiceEndpoint.of(SERVICE, "TCP", port),
                ServiceEndpoint.of(SERVICE, "UDP", port)));
    driver =
        GatewayDriver.open(
            new GatewayConfig(
                defaults.services(),
                CONNECTIONS_MAX,
                defaults.datagramPeersMax(),
                defaults.perUeMax(),
                defaults.bufferBytes(),
                defaults.connectTimeout(),
                defaults.datagramIdle()));
  }

  @AfterAll
  static void close() throws Exception {
    driver.close();
    a.close();
    b.close();
  }

  @Test
  void theAnchorLearnsTheUesAddressAndKnowsProbesForWhatTheyAre() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("b"));
    Flow flow = flow(2, Transport.TCP);
    driver.apply(
        new SteeringStep(
            flow, List.of(new Carried(grant, Duration.ofSeconds(9), true)), List.of()));

    new UeConnection(connect(2)).close();
    new UeConnection(connectThrough(flow, grant)).close();

    assertThat(b.clients()).contains(address(2), "LOCAL");
    driver.apply(new SteeringStep(flow, List.of(), List.of(grant)));
  }

  @Test
  void moreConnectionsThanTheBoundAreResetAndCounted() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    Flow flow = flow(2, Transport.TCP);
    driver.apply(
        new SteeringStep(
            flow, List.of(new Carried(grant, Duration.ofSeconds(9), true)), List.of()));
    try (UeConnection one = new UeConnection(connect(2));
        UeConnection two = new UeConnection(connect(2));
        UeConnection three = new UeConnection(connect(2))) {
      assertThatThrownBy(() -> new UeConnection(connect(2))).isInstanceOf(IOException.class);
      assertThat(driver.denied().get("overload")).isPositive();
      one.echo();
      two.echo();
      three.echo();
    } finally {
      driver.apply(new SteeringStep(flow, List.of(), List.of(grant)));
    }
  }

  @Test
  void bulkPassesUnchangedAndTheEndOfOneDirectionLeavesTheOtherOpen() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    Flow flow = flow(1, Transport.TCP);
    driver.apply(
        new SteeringStep(
            flow, List.of(new Carried(grant, Duration.ofSeconds(30), true)), List.of()));
    byte[] sent = new byte[8 << 20];
    new Random(25).nextBytes(sent);
    try (Socket ue = connect(1)) {
      ue.setSoTimeout(10_000);
      InputStream in = ue.getInputStream();
      assertThat(in.readNBytes(2)).isEqualTo("a\n".getBytes(StandardCharsets.US_ASCII));
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  OutputStream out = ue.getOutputStream();
                  out.write(sent);
                  ue.shutdownOutput();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      assertThat(in.readAllBytes()).isEqualTo(sent);
      sending.join();
    } finally {
      driver.apply(new SteeringStep(flow, List.of(), List.of(grant)));
    }
  }

  @Override
  protected SteeringDriver driver() {
    return driver;
  }

  @Override
  protected GrantId nextGrantId() {
    return new GrantId(LAST_ID.incrementAndGet());
  }

  @Override
  protected Flow flow(int ue, Transport transport) {
    return new Flow(
        UeAddress.parse(address(ue)), ServiceEndpoint.of(SERVICE, transport.name(), port));
  }

  @Override
  protected TransportAddress anchor(String name) {
    return TransportAddress.parse((name.equals("a") ? "127.0.3.1:" : "127.0.3.2:") + port);
  }

  @Override
  protected Socket connect(int ue) throws IOException {
    Socket socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address(ue)), 0));
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(SERVICE), port), 2_000);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  protected DatagramSocket datagrams(int ue) throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address(ue)), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral(SERVICE), port));
    return socket;
  }

  @Override
  protected Socket connectThrough(Flow flow, Grant grant) throws IOException {
    return driver.connectThrough(flow, grant, Duration.ofSeconds(1));
  }

  private static String address(int ue) {
    return "127.0.1." + ue;
  }

  private static EchoAnchor echo(String name, String address) throws IOException {
    InetAddress host = InetAddress.ofLiteral(address);
    return new EchoAnchor(
        name, new ServerSocket(port, 50, host), new DatagramSocket(port, host), true);
  }
}
