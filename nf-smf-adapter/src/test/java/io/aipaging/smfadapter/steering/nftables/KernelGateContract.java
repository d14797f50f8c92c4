package io.aipaging.smfadapter.steering.nftables;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the kernel gate does besides, in each mode and address family. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KernelGateContract extends SteeringDriverContract {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicLong lastId = new AtomicLong();
  private final LabFamily family;
  private final boolean rewriting;
  private Lab lab;
  private NftablesDriver driver;

  KernelGateContract(LabFamily family, boolean rewriting) {
    this.family = family;
    this.rewriting = rewriting;
  }

  @BeforeAll
  void openGate() throws Exception {
    LabNeeded.orSkip();
    lab = opened(Lab.open());
    opened(LabGate.echo("a", lab.anchorA(), answering(AnchorSite.A)));
    opened(LabGate.echo("b", lab.anchorB(), answering(AnchorSite.B)));
    opened(LabGate.echo("cloud", lab.cloud(), family.service()));
    driver = opened(lab.upf().call(() -> NftablesDriver.open(config(), portable())));
    driver.restore(List.of());
  }

  @AfterAll
  void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test // L3.10
  void aGateThatComesBackKeepsTheGrantsOfTheKernel() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    Flow flow = flow(1, Transport.TCP);
    driver.apply(step(flow, grant));

    try (UeConnection ue = new UeConnection(connect(1));
        NftablesDriver again = LabGate.open(lab, config())) {
      assertThat(again.live()).contains(grant.id());
      again.restore(List.of(step(flow, grant)));
      ue.echo();
      again.apply(new SteeringStep(flow, List.of(), List.of(grant)));
      assertThat(again.live()).doesNotContain(grant.id());
    } finally {
      driver.restore(List.of());
    }
  }

  @Test
  void evenWithoutItsTableTheServiceAddressLeadsNowhere() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    SteeringStep wanted = step(flow(1, Transport.TCP), grant);
    driver.apply(wanted);
    run("nft", "delete", "table", "inet", NftablesConfig.TABLE);

    assertThat(driver.isUndisturbed()).isFalse();
    assertThatThrownBy(() -> new UeConnection(connect(1))).isInstanceOf(IOException.class);

    driver.restore(List.of(wanted));
    assertThat(driver.isUndisturbed()).isTrue();
    new UeConnection(connect(1)).close();
    driver.apply(new SteeringStep(wanted.flow(), List.of(), List.of(grant)));
  }

  @Test
  void whatSomebodyElseEditsIsFoundAndPutRight() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    SteeringStep wanted = step(flow(1, Transport.TCP), grant);
    for (String edit :
        List.of(
            "insert rule inet aipaging ul accept",
            "flush chain inet aipaging dl",
            "add element inet aipaging ue_if { \"other\" }",
            "add element inet aipaging grant_live { 77777 timeout 60s }",
            "delete element inet aipaging grant_live { " + grant.id() + " }",
            "delete element inet aipaging grant_via { " + grant.id() + " }",
            "add element inet aipaging grant_live { " + grant.id() + " timeout 600s }")) {
      driver.restore(List.of());
      driver.apply(wanted);
      assertThat(driver.isUndisturbed()).isTrue();

      run("nft", edit);
      assertThat(driver.isUndisturbed()).as(edit).isFalse();
      driver.restore(List.of(wanted));

      assertThat(driver.isUndisturbed()).as(edit).isTrue();
      assertThat(driver.live()).as(edit).containsExactly(grant.id());
      try (UeConnection ue = new UeConnection(connect(1))) {
        assertThat(ue.anchor()).isEqualTo("a");
      }
      assertThat(kernelMillis(grant.id())).as(edit).isLessThanOrEqualTo(20_000);
    }
    driver.restore(List.of());
    assertThatThrownBy(() -> new UeConnection(connect(2))).isInstanceOf(IOException.class);
  }

  @Test
  void aDeviceThatComesAndGoesTakesNoRouteAway() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    SteeringStep wanted = step(flow(1, Transport.TCP), grant);
    driver.apply(wanted);
    run("ip", "link", "set", AnchorSite.A.device(), "down");
    assertThatThrownBy(() -> new UeConnection(connect(1))).isInstanceOf(IOException.class);
    assertThat(driver.isUndisturbed()).isFalse();
    driver.restore(List.of(wanted));
    assertThat(driver.isUndisturbed()).isTrue();
    assertThat(driver.objection(wanted.flow(), anchor("a")).isPresent()).isEqualTo(!rewriting);
    assertThat(driver.objection(wanted.flow(), anchor("b"))).isEmpty();
    assertThatThrownBy(() -> new UeConnection(connect(1))).isInstanceOf(IOException.class);

    run("ip", "link", "set", AnchorSite.A.device(), "up");
    readdress();
    assertThat(driver.isUndisturbed()).isFalse();
    driver.restore(List.of(wanted));
    assertThat(driver.objection(wanted.flow(), anchor("a"))).isEmpty();

    new UeConnection(connect(1)).close();
    driver.apply(new SteeringStep(wanted.flow(), List.of(), List.of(grant)));
  }

  @Test
  void noUeReachesAnAnchorUnderItsOwnAddress() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    driver.apply(step(flow(1, Transport.TCP), grant));

    assertThatThrownBy(
            () -> new UeConnection(LabGate.connect(lab, family.ue(1), family.anchor(AnchorSite.A))))
        .isInstanceOf(IOException.class);
    driver.apply(new SteeringStep(flow(1, Transport.TCP), List.of(), List.of(grant)));
  }

  @Test
  void anAnchorOpensNothingTowardsAUe() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    driver.apply(step(flow(1, Transport.TCP), grant));
    long before = driver.denied().get("dl");

    try (DatagramSocket ue = datagrams(1)) {
      lab.anchorA()
          .call(
              () -> {
                try (DatagramSocket anchor = new DatagramSocket()) {
                  anchor.send(
                      new DatagramPacket(
                          new byte[1], 1, InetAddress.ofLiteral(family.ue(1)), ue.getLocalPort()));
                }
                return true;
              });
      assertThat(driver.denied().get("dl")).isEqualTo(before + 1);
    }
    driver.apply(new SteeringStep(flow(1, Transport.TCP), List.of(), List.of(grant)));
  }

  @Test
  void aDatagramInFragmentsFollowsItsGrantAndAnErrorComesBack() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("b"));
    Flow flow = flow(1, Transport.UDP);
    driver.apply(step(flow, grant));
    try (DatagramSocket ue = datagrams(1)) {
      ue.setSoTimeout(1_000);
      ue.send(new DatagramPacket(new byte[9_000], 9_000));
      DatagramPacket answer = new DatagramPacket(new byte[64], 64);
      ue.receive(answer);
      assertThat(new String(answer.getData(), 0, answer.getLength(), US_ASCII)).isEqualTo("b");
    }
    driver.apply(new SteeringStep(flow, List.of(), List.of(grant)));
  }

  @Test
  void aRefusedStepChangesNothing() throws Exception {
    TransportAddress nowhere =
        TransportAddress.parse(family == LabFamily.V4 ? "192.0.2.1:8443" : "[2001:db8:ff::1]:8443");
    Grant stranger = new Grant(nextGrantId(), nowhere);
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

  @Test
  void aThousandGrantsAreRestoredAndEndTogether() throws Exception {
    List<SteeringStep> wanted = new ArrayList<>();
    for (int port = 1; port <= 1_000; port++) {
      wanted.add(
          new SteeringStep(
              new Flow(ue(port), flow(1, Transport.TCP).service()),
              List.of(
                  new Carried(new Grant(nextGrantId(), anchor("a")), Duration.ofSeconds(20), true)),
              List.of()));
    }
    driver.restore(wanted);
    assertThat(driver.live()).hasSize(1_000);

    run("nft", "delete", "table", "inet", NftablesConfig.TABLE);
    driver.restore(wanted);
    assertThat(driver.live()).hasSize(1_000);

    driver.restore(List.of());
    assertThat(driver.live()).isEmpty();
  }

  boolean portable() {
    return false;
  }

  Lab lab() {
    return lab;
  }

  NftablesConfig config() {
    return rewriting ? LabGate.rewritingConfig(lab) : LabGate.config(lab);
  }

  @Override
  protected SteeringDriver driver() {
    return driver;
  }

  @Override
  protected GrantId nextGrantId() {
    return new GrantId(lastId.incrementAndGet());
  }

  @Override
  protected Flow flow(int ue, Transport transport) {
    boolean prefix = family == LabFamily.V6 && ue == 2;
    return new Flow(
        UeAddress.parse(prefix ? "2001:db8:45:2::/64" : family.ue(ue)),
        ServiceEndpoint.of(family.service(), transport.name(), LabGate.PORT));
  }

  @Override
  protected TransportAddress anchor(String name) {
    return TransportAddress.parse(family.endpoint(name.equals("a") ? AnchorSite.A : AnchorSite.B));
  }

  @Override
  protected Socket connect(int ue) throws IOException {
    return LabGate.connect(lab, family.ue(ue), family.service());
  }

  @Override
  protected DatagramSocket datagrams(int ue) throws IOException {
    return lab.ue()
        .call(
            () -> {
              DatagramSocket socket =
                  new DatagramSocket(
                      new InetSocketAddress(InetAddress.ofLiteral(family.ue(ue)), 0));
              socket.connect(
                  new InetSocketAddress(InetAddress.ofLiteral(family.service()), LabGate.PORT));
              return socket;
            });
  }

  @Override
  protected Socket connectThrough(Flow flow, Grant grant) throws IOException {
    return lab.upf().call(() -> driver.connectThrough(flow, grant, Duration.ofSeconds(1)));
  }

  static SteeringStep step(Flow flow, Grant grant) {
    return new SteeringStep(
        flow, List.of(new Carried(grant, Duration.ofSeconds(20), true)), List.of());
  }

  void run(String... command) throws Exception {
    assertThat(lab.upf().command(command).inheritIO().start().waitFor()).isZero();
  }

  /** A device that goes down loses the IPv6 addresses it had. */
  private void readdress() throws Exception {
    if (family == LabFamily.V6) {
      run(
          "ip",
          "address",
          "replace",
          AnchorSite.A.gateAddress6() + "/64",
          "dev",
          AnchorSite.A.device(),
          "nodad");
    }
  }

  private UeAddress ue(int number) {
    String text =
        family == LabFamily.V4
            ? "10.46.%d.%d".formatted(number / 250, 1 + number % 250)
            : "2001:db8:46:%x::/64".formatted(number);
    return UeAddress.parse(text);
  }

  /** How long the kernel lets a grant live, by {@code nft}. */
  private long kernelMillis(GrantId grant) throws Exception {
    Process nft =
        lab.upf().command("nft", "-j", "list", "set", "inet", "aipaging", "grant_live").start();
    String json = new String(nft.getInputStream().readAllBytes(), US_ASCII);
    Matcher expires =
        Pattern.compile("\"val\": " + grant + ",[^}]*?\"expires\": (\\d+)").matcher(json);
    assertThat(expires.find()).as(json).isTrue();
    return 1_000 * Long.parseLong(expires.group(1));
  }

  private String answering(AnchorSite site) {
    return rewriting ? family.anchor(site) : family.service();
  }

  private <T extends AutoCloseable> T opened(T resource) {
    opened.push(resource);
    return resource;
  }
}
