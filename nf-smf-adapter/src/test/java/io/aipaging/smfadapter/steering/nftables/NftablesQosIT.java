package io.aipaging.smfadapter.steering.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.EchoAnchor;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.LabNeeded;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What the QoS of a grant does to its packets: code point, traffic class and rate. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NftablesQosIT {
  private static final int AT_ONCE = 20;
  private static final String DEVICE = AnchorSite.A.device();
  private static final Flow FLOW =
      new Flow(
          UeAddress.parse(LabAddresses.UE_1),
          ServiceEndpoint.of(LabAddresses.SERVICE, "UDP", LabGate.PORT));

  private Lab lab;
  private EchoAnchor anchor;
  private NftablesDriver driver;

  @BeforeAll
  void open() throws Exception {
    LabNeeded.orSkip();
    lab = Lab.open();
    anchor = LabGate.echo("a", lab.anchorA());
    tool("tc qdisc add dev " + DEVICE + " root handle 1: htb default 20");
    tool("tc class add dev " + DEVICE + " parent 1: classid 1:10 htb rate 1gbit");
    tool("tc class add dev " + DEVICE + " parent 1: classid 1:20 htb rate 1gbit");
    counting("inet watch", "postrouting", "ip dscp ef oifname \"" + DEVICE + "\"");
    driver =
        LabGate.open(lab, LabGate.config(lab).withQosClasses(Map.of("ai-interactive", "1:10")));
    driver.restore(List.of());
  }

  @AfterAll
  void close() throws Exception {
    if (driver != null) {
      driver.close();
      anchor.close();
      lab.close();
    }
  }

  @Test
  void aCodePointIsWrittenAsLongAsTheGrantLives() throws Exception {
    Grant grant = grant(1, new QosGrant(null, null, null, null, 46));
    long before = marked();
    carry(grant);
    assertThat(exchange(3, 100)).isEqualTo(3);
    assertThat(marked()).isEqualTo(before + 3);

    Grant plain = new Grant(grant.id(), grant.anchor(), QosGrant.NONE);
    carry(plain);
    assertThat(exchange(3, 100)).isEqualTo(3);
    assertThat(marked()).as("without code point").isEqualTo(before + 3);
    end(plain);
    assertThat(elements("grant_dscp")).isZero();
  }

  @Test
  void aQosReferenceChoosesTheTrafficClass() throws Exception {
    Grant grant = grant(2, new QosGrant("binding", "ai-interactive", null, null, null));
    long before = classPackets();
    carry(grant);
    assertThat(exchange(5, 100)).isEqualTo(5);
    assertThat(classPackets()).isEqualTo(before + 5);

    Grant unknown = grant(2, new QosGrant("binding", "no-such-class", null, null, null));
    carry(unknown);
    assertThat(exchange(5, 100)).isEqualTo(5);
    assertThat(classPackets()).as("of another reference").isEqualTo(before + 5);
    end(unknown);
    assertThat(elements("grant_class")).isZero();
  }

  @Test
  void aRateIsKeptUplinkAndDownlinkAndEndsWithTheGrant() throws Exception {
    Grant grant = grant(3, new QosGrant(null, null, "64 Kbps", "1 Gbps", null));
    carry(grant);
    assertThat(exchange(5, 1_000)).as("within the burst").isEqualTo(5);
    long before = driver.denied().get("rate");
    assertThat(exchange(100, 1_000)).as("above the rate").isLessThan(60);
    assertThat(driver.denied().get("rate")).isGreaterThan(before + 40);

    Grant faster = new Grant(grant.id(), grant.anchor(), QosGrant.NONE);
    carry(faster);
    assertThat(exchange(100, 1_000)).as("without a rate").isEqualTo(100);
    end(faster);
    assertThat(elements("rate_ul") + elements("rate_dl")).isZero();
  }

  @Test
  void everythingOfAGrantEndsWithItsTime() throws Exception {
    Grant grant = grant(4, new QosGrant("binding", "ai-interactive", "1 Mbps", "1.5 Mbps", 10));
    driver.apply(
        new SteeringStep(
            FLOW, List.of(new Carried(grant, Duration.ofMillis(300), true)), List.of()));
    assertThat(elements("grant_dscp")).isOne();
    while (driver.isLive(grant.id())) {
      Thread.onSpinWait();
    }
    for (String set : GateElements.SETS) {
      assertThat(elements(set)).as(set).isZero();
    }
  }

  private static Grant grant(int id, QosGrant qos) {
    return new Grant(
        new GrantId(id), TransportAddress.parse(AnchorSite.A.address() + ":" + LabGate.PORT), qos);
  }

  private void carry(Grant grant) throws Exception {
    driver.apply(
        new SteeringStep(
            FLOW, List.of(new Carried(grant, Duration.ofSeconds(20), true)), List.of()));
  }

  private void end(Grant grant) throws Exception {
    driver.apply(new SteeringStep(FLOW, List.of(), List.of(grant)));
  }

  /** Sends datagrams, few enough at once for a socket to hold them; how many are answered. */
  private int exchange(int datagrams, int bytes) throws IOException {
    try (DatagramSocket ue =
        lab.ue()
            .call(
                () ->
                    new DatagramSocket(
                        new InetSocketAddress(InetAddress.ofLiteral(LabAddresses.UE_1), 0)))) {
      ue.setSoTimeout(300);
      int answered = 0;
      for (int sent = 0; sent < datagrams; sent += AT_ONCE) {
        answered += wave(ue, Math.min(AT_ONCE, datagrams - sent), bytes);
      }
      return answered;
    }
  }

  private static int wave(DatagramSocket ue, int datagrams, int bytes) throws IOException {
    InetSocketAddress service =
        new InetSocketAddress(InetAddress.ofLiteral(LabAddresses.SERVICE), LabGate.PORT);
    for (int i = 0; i < datagrams; i++) {
      ue.send(new DatagramPacket(new byte[bytes], bytes, service));
    }
    DatagramPacket answer = new DatagramPacket(new byte[64], 64);
    for (int answered = 0; answered < datagrams; answered++) {
      try {
        ue.receive(answer);
      } catch (SocketTimeoutException nothingMore) {
        return answered;
      }
    }
    return datagrams;
  }

  private void counting(String table, String hook, String match) throws Exception {
    tool("nft add table " + table);
    tool(
        "nft add chain %s c { type filter hook %s priority 100 ; policy accept ; }"
            .formatted(table, hook));
    tool("nft add rule " + table + " c " + match + " counter");
  }

  private long marked() throws Exception {
    return number("nft list table inet watch", "counter packets (\\d+)");
  }

  private long classPackets() throws Exception {
    return number(
        "tc -s class show dev " + DEVICE, "class htb 1:10 [^\\n]*\\n Sent \\d+ bytes (\\d+) pkt");
  }

  private int elements(String set) throws Exception {
    return tool("nft list set inet aipaging " + set).contains("elements = {")
            || tool("nft list map inet aipaging " + set).contains("elements = {")
        ? 1
        : 0;
  }

  private long number(String command, String pattern) throws Exception {
    String output = tool(command);
    Matcher found = Pattern.compile(pattern).matcher(output);
    assertThat(found.find()).as(output).isTrue();
    return Long.parseLong(found.group(1));
  }

  /** Output of a tool; of one that looks for a set under the wrong kind it is empty. */
  private String tool(String command) throws Exception {
    Process process = lab.upf().command(command.split(" ", -1)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assertThat(status == 0 || command.startsWith("nft list")).as(command + ": " + output).isTrue();
    return output;
  }
}
