package io.aipaging.sbi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  record Nf(
      String nfInstanceId,
      ListenerConfig listener,
      @Nullable ClientConfig pcf,
      @Default("[a, b]") List<String> dnais,
      @Default("30s") Duration leaseTerm,
      @Nullable String secret,
      @Default("0.5") double threshold) {}

  private static final String MINIMAL = "nf-instance-id: x\nlistener:\n  port: 0\n";

  @TempDir Path folder;

  @Test
  void absentKeysTakeTheirDefaults() throws Exception {
    Path file = Files.writeString(folder.resolve("nf.yaml"), MINIMAL);
    Nf nf = Configuration.load(Nf.class, file, Map.of("HOME", "/x"), "AIPAGING_NF");
    assertThat(nf.listener()).isEqualTo(ListenerConfig.cleartext("127.0.0.1", 0));
    assertThat(nf.pcf()).isNull();
    assertThat(nf.secret()).isNull();
    assertThat(nf.dnais()).containsExactly("a", "b");
    assertThat(nf.leaseTerm()).isEqualTo(Duration.ofSeconds(30));
    assertThat(nf.threshold()).isEqualTo(0.5);
  }

  @Test
  void everyKeyCanBeWritten() {
    Nf nf =
        parse(
            MINIMAL
                + "  request-deadline: PT2.5S\n  idle-timeout: 5m\n"
                + "  tls: {cert-file: c.pem, key-file: k.pem, trust-file: t.pem,"
                + " client-auth: required}\n"
                + "lease-term: 500ms\ndnais: []\n"
                + "pcf: {base-uri: 'http://127.0.0.1:9/x', retries-max: 0}\n");
    assertThat(nf.listener().requestDeadline()).isEqualTo(Duration.ofMillis(2_500));
    assertThat(nf.listener().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(nf.listener().tls())
        .isEqualTo(
            new TlsConfig(
                Path.of("c.pem"), Path.of("k.pem"), Path.of("t.pem"), ClientAuth.REQUIRED));
    assertThat(nf.leaseTerm()).isEqualTo(Duration.ofMillis(500));
    assertThat(nf.pcf())
        .isEqualTo(
            ClientConfig.cleartext(URI.create("http://127.0.0.1:9/x"))
                .with(Duration.ofSeconds(2), Duration.ofSeconds(10), 0));
  }

  record Peers(@Default("[]") List<Peer> peers) {}

  record Peer(String name, ClientConfig client) {}

  @Test
  void aRecordInAListTakesItsDefaultsToo() {
    String one = "{name: a, client: {base-uri: 'http://127.0.0.1:9'}}";
    Peer wanted = new Peer("a", ClientConfig.cleartext(URI.create("http://127.0.0.1:9")));
    Map<String, String> env = Map.of("AIPAGING_NF_PEERS", "[" + one + "]");
    assertThat(Configuration.parse(Peers.class, "peers: [" + one + "]", Map.of(), "AIPAGING_NF"))
        .isEqualTo(new Peers(List.of(wanted)));
    assertThat(Configuration.parse(Peers.class, "", env, "AIPAGING_NF"))
        .isEqualTo(new Peers(List.of(wanted)));
    assertThatThrownBy(
            () -> Configuration.parse(Peers.class, "peers: [{name: a}]", Map.of(), "AIPAGING_NF"))
        .hasMessageContaining("peers.0.client.base-uri: missing");
  }

  @Test
  void anUnknownKeyRefusesToStartAndIsNamed() {
    refused(MINIMAL + "leaseterm: 3s\n", "leaseterm: unknown key");
    refused(MINIMAL + "  prot: 1\n", "listener.prot: unknown key");
    refused(MINIMAL + "leaseTerm: 3s\n", "leaseTerm: unknown key");
  }

  @Test
  void aMissingKeyIsNamed() {
    refused("nf-instance-id: x\n", "listener.port: missing");
    refused("listener: {port: 1}\n", "nf-instance-id: missing");
    refused(MINIMAL + "pcf: {http2: true}\n", "pcf.base-uri: missing");
    refused("", "nf-instance-id: missing");
  }

  @Test
  void aValueThatDoesNotFitIsNamedButNotShown() {
    refused(MINIMAL.replace("0", "70000"), "listener: port must be 0 to 65535");
    assertThatThrownBy(() -> parse(MINIMAL + "lease-term: s3cr3t\n"))
        .hasMessageStartingWith("lease-term: ")
        .hasMessageNotContaining("s3cr3t");
    assertThatThrownBy(() -> parse(MINIMAL.replace("port: 0", "port: '1 2'")))
        .hasMessageStartingWith("listener.port: ");
    refused("nf-instance-id: x\nlistener: 3\n", "listener: must be a mapping of keys");
    refused("- a\n", "the configuration is no mapping of keys");
    assertThatThrownBy(() -> parse(MINIMAL + "pcf: {base-uri: 'ftp://x'}\n"))
        .hasMessage("pcf: base-uri must be http or https");
  }

  @Test
  void aKeyWrittenTwiceRefusesToStart() {
    assertThatThrownBy(() -> parse(MINIMAL + "nf-instance-id: y\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("malformed YAML");
  }

  @Test
  void theEnvironmentWins() {
    Nf nf =
        Configuration.parse(
            Nf.class,
            MINIMAL,
            Map.of(
                "AIPAGING_NF_LISTENER_PORT", "8080",
                "AIPAGING_NF_SECRET", "0123",
                "AIPAGING_NF_LEASE_TERM", "9s",
                "AIPAGING_NF_DNAIS", "[x]",
                "AIPAGING_NF_PCF_BASE_URI", "http://h:1",
                "AIPAGING_NFX_Y", "not ours"),
            "AIPAGING_NF");
    assertThat(nf.listener().port()).isEqualTo(8080);
    assertThat(nf.secret()).isEqualTo("0123");
    assertThat(nf.leaseTerm()).isEqualTo(Duration.ofSeconds(9));
    assertThat(nf.dnais()).containsExactly("x");
    assertThat(nf.pcf()).isEqualTo(ClientConfig.cleartext(URI.create("http://h:1")));
  }

  @Test
  void anUnknownVariableRefusesToStartAndIsNamed() {
    assertThatThrownBy(
            () ->
                Configuration.parse(
                    Nf.class, MINIMAL, Map.of("AIPAGING_NF_LISTENER_PROT", "1"), "AIPAGING_NF"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("unknown environment variable AIPAGING_NF_LISTENER_PROT");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Nf nf =
        parse(
            MINIMAL
                + "  tls: {cert-file: /c.pem, key-file: /k.pem, trust-file: /t.pem,"
                + " client-auth: required}\n"
                + "lease-term: 500ms\nsecret: '0123'\ndnais: [x]\n"
                + "pcf: {base-uri: 'http://127.0.0.1:9/x', retries-max: 0}\n");
    assertThat(parse(Configuration.text(nf))).isEqualTo(nf);
    assertThat(parse(Configuration.text(parse(MINIMAL)))).isEqualTo(parse(MINIMAL));
  }

  @Test
  void anUnreadableFileIsNamed() {
    Path file = folder.resolve("none.yaml");
    assertThatThrownBy(() -> Configuration.load(Nf.class, file, Map.of(), "X"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none.yaml");
  }

  private static Nf parse(String yaml) {
    return Configuration.parse(Nf.class, yaml, Map.of(), "AIPAGING_NF");
  }

  private static void refused(String yaml, String message) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }
}
