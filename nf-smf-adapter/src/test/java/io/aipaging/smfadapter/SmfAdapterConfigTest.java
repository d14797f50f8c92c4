package io.aipaging.smfadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ConfigurationException;
import io.aipaging.smfadapter.steering.nftables.NftablesConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmfAdapterConfigTest {
  private static final String GATE =
      """
      gate:
        enforcer-id: n6-gate
        aipf-issuer: aipf-set-1
        journal: gate.journal
      """;
  private static final String KERNEL =
      """
      nftables:
        ue-devices: [ogstun]
        n6-devices: [n6a, n6b]
        services:
          - {address: 203.0.113.10, protocol: TCP, port: 8443}
        next-hops:
          - {address: 10.60.1.2, index: 1}
          - {address: 10.60.2.2, index: 2}
      """;
  private static final String GATEWAY =
      """
      gateway:
        services:
          - {address: 127.0.0.10, protocol: TCP, port: 8443}
      """;

  @Test
  void theKernelGateNeedsDevicesServicesAndNextHops() {
    SmfAdapterConfig config = parse(GATE + KERNEL);

    NftablesConfig driver = config.nftables().driver();
    assertThat(driver.table()).isEqualTo("aipaging");
    assertThat(driver.services()).hasSize(1);
    assertThat(driver.nextHops()).hasSize(2);
    assertThat(config.gate().skewMargin()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void theGatewayNeedsServicesOnly() {
    assertThat(parse(GATE + GATEWAY).gateway().driver().connectionsMax()).isEqualTo(1_024);
  }

  @Test
  void exactlyOneDriverIsConfigured() {
    assertRefused(GATE, "nftables or gateway");
    assertRefused(GATE + KERNEL + GATEWAY, "nftables or gateway");
  }

  @Test
  void aListenerNeedsToBelieveSomebody() {
    assertRefused(GATE + GATEWAY + "listener: {port: 0}\n", "oauth is needed with listener");
  }

  @Test
  void theMarginIsNotBelowTheBound() {
    assertRefused(GATE + "  skew-margin: 100ms\n" + GATEWAY, "skew-margin");
  }

  @Test
  void unknownKeysAndNonsenseRefuseToStart() {
    assertRefused(GATE + GATEWAY + "surprise: 1\n", "surprise");
    assertThatThrownBy(() -> parse(GATE + KERNEL.replace("ogstun", "og stun")).nftables().driver())
        .hasMessageContaining("ue-devices");
    assertThatThrownBy(
            () -> parse(GATE + KERNEL.replace("index: 2", "index: 1")).nftables().driver())
        .hasMessageContaining("next-hops");
  }

  private static void assertRefused(String yaml, String naming) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(naming);
  }

  private static SmfAdapterConfig parse(String yaml) {
    return Configuration.parse(SmfAdapterConfig.class, yaml, Map.of(), "AIPAGING_SMFADAPTER");
  }
}
