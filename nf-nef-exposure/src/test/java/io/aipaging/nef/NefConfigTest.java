package io.aipaging.nef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NefConfigTest {
  private static final String APPS =
      """
      nf-instance-id: 7f9a3c52-0d0e-4d3c-8d0f-0f1f7c6a1a11
      apps:
        - {af-id: notes, ue-prefixes: [10.45.0.0/16], sessions-max: 5}
      """;

  private static NefConfig parse(String yaml) {
    return Configuration.parse(NefConfig.class, yaml, Map.of(), "AIPAGING_NEF");
  }

  @Test
  void appsAreRead() {
    NefConfig config =
        parse(
            APPS
                + """
                listener: {port: 7100}
                oauth:
                  issuer: https://issuer
                  audiences: [NEF]
                  keys: {base-uri: "http://127.0.0.1:9"}
                aipf:
                  client: {base-uri: "http://127.0.0.1:8"}
                  token:
                    issuer: {base-uri: "http://127.0.0.1:9"}
                    client-id: nef
                    client-secret-file: /run/secrets/nef
                    audience: CUSTOM_AIPF
                """);
    assertThat(config.apps())
        .singleElement()
        .extracting(NefConfig.AppConfig::sessionsMax)
        .isEqualTo(5);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> parse(APPS.replace("10.45.0.0/16", "10.45.0.1/16")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("apps");
    assertThatThrownBy(() -> parse(APPS + "  - {af-id: notes, ue-prefixes: [], sessions-max: 5}\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> parse(APPS + "listener: {port: 7100}\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("oauth");
    assertThatThrownBy(() -> parse(APPS + "app: 1\n")).isInstanceOf(ConfigurationException.class);
  }
}
