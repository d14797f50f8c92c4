package io.aipaging.smfadapter.steering.nftables;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Namespace;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.steering.Datagrams;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.UeConnection;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What the kernel gate does besides, in each mode and address family. */
abstract class KernelGateContract extends KernelGateCrowds {
  KernelGateContract(LabFamily family, boolean rewriting) {
    super(family, rewriting);
  }

  @Test // L3.10
  void aGateThatComesBackKeepsTheGrantsOfTheKernel() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    Flow flow = flow(1, Transport.TCP);
    driver().apply(step(flow, grant));

    try (UeConnection ue = new UeConnection(connect(1))) {
      reopen(config());
      assertThat(driver().live()).contains(grant.id());
      driver().restore(List.of(step(flow, grant)));
      ue.echo();
      driver().apply(new SteeringStep(flow, List.of(), List.of(grant)));
      assertThat(driver().live()).doesNotContain(grant.id());
    }
  }

  @Test
  void aSecondAdapterOfOneTableIsTurnedAway() throws Exception {
    assertThatThrownBy(() -> LabGate.open(lab(), config()))
        .rootCause()
        .hasMessageContaining("another process has aipaging gate");
    driver().restore(List.of());
    assertThat(driver().isUndisturbed()).isTrue();
  }

  @Test
  void evenWithoutItsTableTheServiceAddressLeadsNowhere() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    SteeringStep wanted = step(flow(1, Transport.TCP), grant);
    driver().apply(wanted);
    run("nft", "delete", "table", "inet", NftablesConfig.TABLE);

    assertThat(driver().isUndisturbed()).isFalse();
    assertThatThrownBy(() -> new UeConnection(connect(1))).isInstanceOf(IOException.class);

    driver().restore(List.of(wanted));
    assertThat(driver().isUndisturbed()).isTrue();
    new UeConnection(connect(1)).close();
    driver().apply(new SteeringStep(wanted.flow(), List.of(), List.of(grant)));
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
      driver().restore(List.of());
      driver().apply(wanted);
      assertThat(driver().isUndisturbed()).isTrue();

      run("nft", edit);
      assertThat(driver().isUndisturbed()).as(edit).isFalse();
      driver().restore(List.of(wanted));

      assertThat(driver().isUndisturbed()).as(edit).isTrue();
      assertThat(driver().live()).as(edit).containsExactly(grant.id());
      try (UeConnection ue = new UeConnection(connect(1))) {
        assertThat(ue.anchor()).isEqualTo("a");
      }
      assertThat(kernelMillis(grant.id())).as(edit).isLessThanOrEqualTo(20_000);
    }
    driver().restore(List.of());
    assertThatThrownBy(() -> new UeConnection(connect(2))).isInstanceOf(IOException.class);
  }

  @Test
  void aDeviceThatComesAndGoesTakesNoRouteAway() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    SteeringStep wanted = step(flow(1, Transport.TCP), grant);
    driver().apply(wanted);
    run("ip", "link", "set", AnchorSite.A.device(), "down");
    assertThatThrownBy(() -> new UeConnection(connect(1))).isInstanceOf(IOException.class);
    assertThat(driver().isUndisturbed()).isFalse();
    driver().restore(List.of(wanted));
    assertThat(driver().isUndisturbed()).isTrue();
    assertThat(driver().objection(wanted.flow(), anchor("a")).isPresent()).isEqualTo(!rewriting());
    assertThat(driver().objection(wanted.flow(), anchor("b"))).isEmpty();
    assertThatThrownBy(() -> new UeConnection(connect(1))).isInstanceOf(IOException.class);

    run("ip", "link", "set", AnchorSite.A.device(), "up");
    readdress();
    assertThat(driver().isUndisturbed()).isFalse();
    driver().restore(List.of(wanted));
    assertThat(driver().objection(wanted.flow(), anchor("a"))).isEmpty();

    new UeConnection(connect(1)).close();
    driver().apply(new SteeringStep(wanted.flow(), List.of(), List.of(grant)));
  }

  @Test
  void noUeReachesAnAnchorUnderItsOwnAddress() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    driver().apply(step(flow(1, Transport.TCP), grant));

    assertThatThrownBy(
            () ->
                new UeConnection(
                    LabGate.connect(lab(), family().ue(1), family().anchor(AnchorSite.A))))
        .isInstanceOf(IOException.class);
    driver().apply(new SteeringStep(flow(1, Transport.TCP), List.of(), List.of(grant)));
  }

  @Test
  void anAnchorOpensNothingTowardsAUe() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    driver().apply(step(flow(1, Transport.TCP), grant));
    long before = driver().denied().get("dl");

    try (DatagramSocket ue = datagrams(1)) {
      lab()
          .anchorA()
          .call(
              () -> {
                try (DatagramSocket anchor = new DatagramSocket()) {
                  anchor.send(
                      new DatagramPacket(
                          new byte[1],
                          1,
                          InetAddress.ofLiteral(family().ue(1)),
                          ue.getLocalPort()));
                }
                return true;
              });
      assertThat(driver().denied().get("dl")).isEqualTo(before + 1);
    }
    driver().apply(new SteeringStep(flow(1, Transport.TCP), List.of(), List.of(grant)));
  }

  @Test
  void aDatagramInFragmentsFollowsItsGrantAndAnErrorComesBack() throws Exception {
    Grant grant = new Grant(nextGrantId(), anchor("b"));
    Flow flow = flow(1, Transport.UDP);
    driver().apply(step(flow, grant));
    try (DatagramSocket ue = datagrams(1)) {
      ue.setSoTimeout(1_000);
      ue.send(new DatagramPacket(new byte[9_000], 9_000));
      DatagramPacket answer = new DatagramPacket(new byte[64], 64);
      ue.receive(answer);
      assertThat(new String(answer.getData(), 0, answer.getLength(), US_ASCII)).isEqualTo("b");
    }
    driver().apply(new SteeringStep(flow, List.of(), List.of(grant)));
  }

  @Test
  void anErrorAboutADatagramComesBackOnlyToWhoHasAGrant() throws Exception {
    Flow flow = flow(1, LabGate.DEAF_PORT);
    Grant grant = grant("a", LabGate.DEAF_PORT);
    driver().apply(step(flow, grant));
    try (DatagramSocket ue = datagrams(1, LabGate.DEAF_PORT)) {
      ue.setSoTimeout(2_000);
      ue.send(new DatagramPacket(new byte[1], 1));
      assertThatThrownBy(() -> ue.receive(new DatagramPacket(new byte[1], 1)))
          .isInstanceOf(PortUnreachableException.class);
      long before = driver().denied().get("ul");
      driver().apply(new SteeringStep(flow, List.of(), List.of(grant)));
      assertThat(Datagrams.answer(ue)).isEqualTo("none");
      assertThat(driver().denied().get("ul")).isEqualTo(before + 1);
    }
  }

  @Test
  void aUesErrorAboutADatagramReachesItsAnchorUnlessItWasRewritten() throws Exception {
    Flow flow = flow(1, LabGate.SLOW_PORT);
    Grant grant = grant("a", LabGate.SLOW_PORT);
    driver().apply(step(flow, grant));
    String kind = family() == LabFamily.V4 ? "icmp" : "icmpv6";
    at(lab().anchorA(), "add table inet seen");
    at(lab().anchorA(), "add chain inet seen in { type filter hook input priority 0; }");
    at(lab().anchorA(), "add rule inet seen in " + kind + " type destination-unreachable counter");
    long refused = driver().denied().get("ul");

    try (DatagramSocket ue = datagrams(1, LabGate.SLOW_PORT)) {
      ue.send(new DatagramPacket(new byte[1], 1));
    }
    if (rewriting()) {
      await(() -> driver().denied().get("ul") > refused);
    } else {
      await(() -> !listed(lab().anchorA(), "seen").contains("counter packets 0"));
    }
    at(lab().anchorA(), "delete table inet seen");
    driver().apply(new SteeringStep(flow, List.of(), List.of(grant)));
  }

  private static void at(Namespace namespace, String rule) throws Exception {
    assertThat(namespace.command("nft", rule).inheritIO().start().waitFor()).as(rule).isZero();
  }

  private static String listed(Namespace namespace, String table) throws Exception {
    Process nft = namespace.command("nft", "list", "table", "inet", table).start();
    return new String(nft.getInputStream().readAllBytes(), US_ASCII);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long patience = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).isLessThan(patience);
    }
  }

  @Test
  void aRefusedStepChangesNothing() throws Exception {
    TransportAddress nowhere =
        TransportAddress.parse(
            family() == LabFamily.V4 ? "192.0.2.1:8443" : "[2001:db8:ff::1]:8443");
    Grant stranger = new Grant(nextGrantId(), nowhere);
    Grant grant = new Grant(nextGrantId(), anchor("a"));
    Flow flow = flow(2, Transport.TCP);

    assertThat(driver().objection(flow, stranger.anchor())).isPresent();
    assertThatThrownBy(
            () ->
                driver()
                    .apply(
                        new SteeringStep(
                            flow,
                            List.of(
                                new Carried(grant, Duration.ofSeconds(9), true),
                                new Carried(stranger, Duration.ofSeconds(9), false)),
                            List.of())))
        .hasMessageContaining("no way to the anchor");
    assertThat(driver().live()).doesNotContain(grant.id(), stranger.id());
  }
}
