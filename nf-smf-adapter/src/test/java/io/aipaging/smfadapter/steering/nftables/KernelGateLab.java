package io.aipaging.smfadapter.steering.nftables;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.Namespace;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.LabNeeded;
import io.aipaging.smfadapter.steering.SlowAnchor;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringDriverContract;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A lab with a kernel gate in it, in one mode and address family. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KernelGateLab extends SteeringDriverContract {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicLong lastId = new AtomicLong();
  private final LabFamily family;
  private final boolean rewriting;
  private Lab lab;
  private NftablesDriver driver;

  KernelGateLab(LabFamily family, boolean rewriting) {
    this.family = family;
    this.rewriting = rewriting;
  }

  @BeforeAll
  void openGate() throws Exception {
    LabNeeded.orSkip();
    lab = opened(Lab.open());
    opened(LabGate.echo("a", lab.anchorA(), answering(AnchorSite.A)));
    opened(LabGate.echo("b", lab.anchorB(), answering(AnchorSite.B)));
    opened(slow('a', AnchorSite.A));
    opened(slow('b', AnchorSite.B));
    opened(LabGate.echo("cloud", lab.cloud(), family.service()));
    driver = open(config());
    opened(() -> driver.close());
    driver.restore(List.of());
  }

  @AfterAll
  void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private SlowAnchor slow(char name, AnchorSite site) throws IOException {
    InetAddress address = InetAddress.ofLiteral(answering(site));
    Namespace namespace = site == AnchorSite.A ? lab.anchorA() : lab.anchorB();
    return new SlowAnchor(
        name, namespace.call(() -> new DatagramSocket(LabGate.SLOW_PORT, address)));
  }

  private NftablesDriver open(NftablesConfig config) throws IOException {
    return lab.upf().call(() -> NftablesDriver.open(config, portable()));
  }

  /** Ends the adapter, whose place another takes that remembers nothing. */
  final void reopen(NftablesConfig config) throws IOException {
    driver.close();
    driver = open(config);
  }

  boolean portable() {
    return false;
  }

  final Lab lab() {
    return lab;
  }

  final LabFamily family() {
    return family;
  }

  final boolean rewriting() {
    return rewriting;
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
    return connect(ue, 0);
  }

  final Socket connect(int ue, int localPort) throws IOException {
    return LabGate.connect(lab, family.ue(ue), localPort, family.service());
  }

  /** The flow of UE 1 or 2 to a port of the service where datagrams are taken. */
  final Flow flow(int ue, int port) {
    return new Flow(
        flow(ue, Transport.UDP).ue(), ServiceEndpoint.of(family.service(), "UDP", port));
  }

  final Grant grant(String anchor, int port) {
    return new Grant(nextGrantId(), new TransportAddress(anchor(anchor).address(), port));
  }

  @Override
  protected DatagramSocket datagrams(int ue) throws IOException {
    return datagrams(ue, LabGate.PORT);
  }

  final DatagramSocket datagrams(int ue, int port) throws IOException {
    return lab.ue()
        .call(
            () -> {
              DatagramSocket socket =
                  new DatagramSocket(
                      new InetSocketAddress(InetAddress.ofLiteral(family.ue(ue)), 0));
              socket.connect(new InetSocketAddress(InetAddress.ofLiteral(family.service()), port));
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
  final void readdress() throws Exception {
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

  final UeAddress ue(int number) {
    String text =
        family == LabFamily.V4
            ? "10.46.%d.%d".formatted(number / 250, 1 + number % 250)
            : "2001:db8:46:%x::/64".formatted(number);
    return UeAddress.parse(text);
  }

  /** How long the kernel lets a grant live, by {@code nft}. */
  final long kernelMillis(GrantId grant) throws Exception {
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
