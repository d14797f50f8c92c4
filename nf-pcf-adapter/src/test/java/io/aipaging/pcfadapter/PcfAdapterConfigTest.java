package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PcfAdapterConfigTest {
  private static final String LEAST =
      """
      callback:
        listener: {port: 7001}
      pcf:
        client: {base-uri: "http://127.0.0.1:7777"}
      journal: /var/lib/aipaging/bindings.journal
      """;

  private static PcfAdapterConfig parse(String yaml, Map<String, String> env) {
    return Configuration.parse(PcfAdapterConfig.class, yaml, env, "AIPAGING_PCFADAPTER");
  }

  @Test
  void whatIsNotSaidHasASafeDefault() {
    PcfAdapterConfig config = parse(LEAST, Map.of());
    assertThat(config.listener()).isNull();
    assertThat(config.management()).isNull();
    assertThat(config.lanes().gap()).isEqualTo(Duration.ofMillis(50));
    assertThat(config.bindings().perUeMax()).isEqualTo(3);
    assertThat(config.pcf().profile().suppFeat()).isEqualTo("0");
  }

  @Test
  void everythingCanBeSaid() {
    PcfAdapterConfig config =
        parse(
            LEAST
                + """
                listener: {port: 7000}
                oauth:
                  issuer: https://issuer
                  audiences: [CUSTOM_PCF_ADAPTER]
                  keys: {base-uri: "http://127.0.0.1:9"}
                lanes: {gap: 80ms}
                """,
            Map.of("AIPAGING_PCFADAPTER_LANES_IN_FLIGHT_MAX", "7"));
    assertThat(config.lanes().gap()).isEqualTo(Duration.ofMillis(80));
    assertThat(config.lanes().inFlightMax()).isEqualTo(7);
    assertThat(config.oauth().audiences()).containsExactly("CUSTOM_PCF_ADAPTER");
  }

  @Test
  void tiersNameWhatACoreNeedsToHear() {
    PcfAdapterConfig config =
        parse(
            """
            callback: {listener: {port: 7001}}
            pcf:
              client: {base-uri: "http://127.0.0.1:7777"}
              profile:
                supp-feat: "3"
                snssai: {sst: 1, sd: "010203"}
                tiers:
                  - {qos-reference: low-latency, med-type: AUDIO, guaranteed: true}
            journal: bindings.journal
            """,
            Map.of());
    assertThat(config.pcf().profile().tiers()).hasSize(1);
    assertThat(config.pcf().profile().snssai().sd()).isEqualTo("010203");
  }

  @Test
  void anUnknownKeyRefusesToStart() {
    assertThatThrownBy(() -> parse(LEAST + "pcff: 1\n", Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("pcff");
  }

  @Test
  void aListenerWithoutTokenCheckRefusesToStart() {
    assertThatThrownBy(() -> parse(LEAST + "listener: {port: 7000}\n", Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("oauth");
  }
}
