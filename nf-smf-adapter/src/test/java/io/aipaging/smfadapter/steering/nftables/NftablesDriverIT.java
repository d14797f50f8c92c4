package io.aipaging.smfadapter.steering.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.LabNeeded;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringDriverContract;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.UeConnection;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NftablesDriverIT extends SteeringDriverContract {
  private static final Deque<AutoCloseable> OPENED = new ArrayDeque<>();
  private static final AtomicLong LAST_ID = new AtomicLong();
  private static Lab lab;
  private static NftablesDriver driver;

  @BeforeAll
  static void openGate() throws Exception {
    LabNeeded.orSkip();
    lab = opened(Lab.open());
    opened(LabGate.echo("a", lab.anchorA()));
    opened(LabGate.echo("b", lab.anchorB()));
    opened(LabGate.echo("cloud", lab.cloud()));
    driver = opened(LabGate.open(lab, LabGate.config(lab)));
  }

  @AfterAll
  static void close() throws Exception {
    while (!OPENED.isEmpty()) {
      OPENED.pop().close();
    }
  }

  @Test // L3.10
  void aGateThatComesBackKeepsTheGrantsOfTheKernel() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    Flow flow = flow(1, Transport.TCP);
    driver.apply(step(flow, grant));

    try (NftablesDriver again = LabGate.open(lab, LabGate.config(lab))) {
      assertThat(again.live()).contains(grant.id());
      again.apply(new SteeringStep(flow, List.of(), List.of(grant)));
      assertThat(again.live()).doesNotContain(grant.id());
    }
  }

  @Test
  void aGateWithAnotherConfigurationStartsEmpty() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    driver.apply(step(flow(1, Transport.TCP), grant));
    NftablesConfig narrower =
        NftablesConfig.of(
                new NftablesConfig.Devices(
                    List.of(LabAddresses.UE_DEVICE), List.of(AnchorSite.A.device())),
                List.of(ServiceEndpoint.of(LabAddresses.SERVICE, "TCP", LabGate.PORT)),
                LabGate.config(lab).nextHops())
            .withCommandPrefix(lab.upf().commandPrefix());

    LabGate.open(lab, narrower).close();
    assertThat(driver.live()).isEmpty();

    driver = LabGate.open(lab, LabGate.config(lab));
  }

  @Test
  void evenWithoutItsTableTheServiceAddressLeadsNowhere() throws Exception {
    run("nft", "delete", "table", "inet", NftablesConfig.TABLE);
    try {
      assertThatThrownBy(() -> new UeConnection(connect(1))).isInstanceOf(IOException.class);
    } finally {
      driver = LabGate.open(lab, LabGate.config(lab));
    }
  }

  @Test
  void noUeReachesAnAnchorUnderItsOwnAddress() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    driver.apply(step(flow(1, Transport.TCP), grant));

    assertThatThrownBy(
            () -> new UeConnection(LabGate.connect(lab, LabAddresses.UE_1, AnchorSite.A.address())))
        .isInstanceOf(IOException.class);
    driver.apply(new SteeringStep(flow(1, Transport.TCP), List.of(), List.of(grant)));
  }

  @Test
  void aRefusedTransactionChangesNothing() throws Exception {
    Grant stranger = new Grant(nextGrantId(), TransportAddress.parse("192.0.2.1:8443"));
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    Flow flow = flow(2, Transport.TCP);

    assertThat(driver.objection(flow, stranger.anchor())).isPresent();
    assertThatThrownBy(
            () ->
                driver.apply(
                    new SteeringStep(
                        flow,
                        List.of(
                            new Carried(grant, Duration.ofSeconds(9), true),
                            new Carried(stranger, Duration.ofSeconds(9), false)),
                        List.of())))
        .hasMessageContaining("no way to the anchor");
    assertThat(driver.live()).doesNotContain(grant.id(), stranger.id());
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
        UeAddress.parse(address(ue)),
        ServiceEndpoint.of(LabAddresses.SERVICE, transport.name(), LabGate.PORT));
  }

  @Override
  protected TransportAddress anchor(String name) {
    AnchorSite site = name.equals("a") ? AnchorSite.A : AnchorSite.B;
    return TransportAddress.parse(site.address() + ":" + LabGate.PORT);
  }

  @Override
  protected Socket connect(int ue) throws IOException {
    return LabGate.connect(lab, address(ue), LabAddresses.SERVICE);
  }

  @Override
  protected DatagramSocket datagrams(int ue) throws IOException {
    return lab.ue()
        .call(
            () -> {
              DatagramSocket socket =
                  new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address(ue)), 0));
              socket.connect(
                  new InetSocketAddress(InetAddress.ofLiteral(LabAddresses.SERVICE), LabGate.PORT));
              return socket;
            });
  }

  @Override
  protected Socket connectThrough(Flow flow, Grant grant) throws IOException {
    return lab.upf().call(() -> driver.connectThrough(flow, grant, Duration.ofSeconds(1)));
  }

  private static SteeringStep step(Flow flow, Grant grant) {
    return new SteeringStep(
        flow, List.of(new Carried(grant, Duration.ofSeconds(20), true)), List.of());
  }

  private static void run(String... command) throws Exception {
    assertThat(lab.upf().command(command).inheritIO().start().waitFor()).isZero();
  }

  private static String address(int ue) {
    return ue == 1 ? LabAddresses.UE_1 : LabAddresses.UE_2;
  }

  private static <T extends AutoCloseable> T opened(T resource) {
    OPENED.push(resource);
    return resource;
  }
}
