package io.aipaging.smfadapter.steering.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden files; {@code -Drewrite} writes them anew. */
class GateScriptTest {
  private static final GrantId OLD = new GrantId(11);
  private static final GrantId NEW = new GrantId(22);
  private static final String KEY =
      GateState.key(
          new Flow(UeAddress.parse("10.45.0.2"), ServiceEndpoint.of("203.0.113.10", "UDP", 5000)));

  @Test
  void installingANewGrant() throws Exception {
    Carried carried = carried(OLD, 9_000, true);

    assertGolden(
        "install.nft", script().carry(carried, 0x01000000, null).select(KEY, carried, null).text());
  }

  @Test
  void refreshingAGrant() throws Exception {
    Carried carried = carried(OLD, 30_000, true);

    assertGolden(
        "refresh.nft",
        script().carry(carried, 0x01000000, 0x01000000).select(KEY, carried, OLD).text());
  }

  @Test
  void switchingWithDrain() throws Exception {
    Carried fresh = carried(NEW, 9_000, true);
    Carried draining = carried(OLD, 500, false);

    assertGolden(
        "switch.nft",
        script()
            .carry(fresh, 0x02000000, null)
            .carry(draining, 0x01000000, 0x01000000)
            .select(KEY, fresh, OLD)
            .text());
  }

  @Test
  void endingAGrant() throws Exception {
    assertGolden("end.nft", script().unselect(KEY, OLD).end(OLD, 0x01000000).text());
  }

  @Test
  void bindingAProbePort() throws Exception {
    assertGolden(
        "probe.nft",
        script().probe(61_000, OLD, null, 3_000).probe(61_000, NEW, OLD, 3_000).text());
  }

  @Test
  void theTable() throws Exception {
    NftablesConfig config =
        NftablesConfig.of(
            List.of("ogstun", "ue0"),
            List.of("n6b", "n6a"),
            List.of(
                ServiceEndpoint.of("203.0.113.10", "UDP", 5000),
                ServiceEndpoint.of("203.0.113.10", "TCP", 8443)),
            List.of(
                new NextHop((Inet4Address) InetAddress.ofLiteral("10.60.1.2"), 1),
                new NextHop((Inet4Address) InetAddress.ofLiteral("10.60.2.2"), 2)));

    assertGolden("table.nft", GateRuleset.of(config).script());
  }

  private static GateScript script() {
    return new GateScript("aipaging");
  }

  private static Carried carried(GrantId id, long millis, boolean takesNew) {
    Grant grant = new Grant(id, TransportAddress.parse("10.60.1.2:5000"));
    return new Carried(grant, Duration.ofMillis(millis), takesNew);
  }

  private static void assertGolden(String name, String actual) throws IOException {
    if (System.getProperty("rewrite") != null) {
      Files.writeString(
          Path.of("src/test/resources/io/aipaging/smfadapter/steering/nftables", name), actual);
    }
    try (InputStream golden = GateScriptTest.class.getResourceAsStream(name)) {
      assertThat(golden).as("golden file %s", name).isNotNull();
      assertThat(actual).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
