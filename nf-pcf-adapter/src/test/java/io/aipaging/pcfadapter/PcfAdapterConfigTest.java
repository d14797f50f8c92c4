package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ConfigurationException;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.core.CoreProfiles.Core;
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
    assertThat(config.core()).isEqualTo(Core.REL18);
    assertThat(config.pcf().sessions()).isEqualTo(AppSessionDefaults.none());
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
              sessions:
                snssai: {sst: 1, sd: "010203"}
                tiers:
                  - {qos-reference: low-latency, med-type: AUDIO, guaranteed: true}
            journal: bindings.journal
            """,
            Map.of());
    assertThat(config.pcf().sessions().tiers()).hasSize(1);
    assertThat(config.pcf().sessions().snssai().sd()).isEqualTo("010203");
  }

  @Test
  void aCoreIsFoundByItsNrfAlone() {
    PcfAdapterConfig config =
        parse(
            """
            callback: {listener: {port: 7001}}
            core: open5gs
            nrf: {uris: ["http://127.0.0.10:7777"], address: 127.0.0.1}
            journal: bindings.journal
            """,
            Map.of());
    assertThat(config.core()).isEqualTo(Core.OPEN5GS);
    assertThat(config.pcf().client()).isNull();
  }

  @Test
  void aConfigurationSaysWhatTheCoreNeedsAtMostAndAtLeast() {
    PcfAdapterConfig config =
        parse(LEAST + "core: open5gs\nlanes: {gap: 0s}\nbindings: {per-ue-max: 9}\n", Map.of());
    CoreProfile.N5 n5 = config.core().profile().n5();
    assertThat(config.lanes().limits(n5).gap()).isEqualTo(Duration.ofMillis(50));
    assertThat(config.bindings().limits(n5).perUeMax()).isEqualTo(3);
  }

  @Test
  void withoutPcfAndNrfItRefusesToStart() {
    assertThatThrownBy(() -> parse(LEAST.replaceAll("(?m)^.*(pcf|client):.*\\n", ""), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("nrf");
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
