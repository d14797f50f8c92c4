package io.aipaging.smfadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.certs.DevTokenIssuer;
import io.aipaging.certs.IssuerConfig;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNsmfadapterSteering;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.sbi.oauth.RemoteKeys;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.smfadapter.steering.EchoAnchor;
import io.aipaging.smfadapter.steering.TestCommits;
import io.aipaging.smfadapter.steering.TestCommits.Draft;
import io.aipaging.smfadapter.steering.UeConnection;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The adapter as its own process would run: configuration file, tokens, keys, management port. */
@Timeout(60)
class SmfAdapterMainIT {
  private static final String SECRET = "a secret of this test only";
  private static final String SERVICE = "127.0.2.2";
  private static final String UE = "127.0.1.9";
  private static final String ANCHOR = "127.0.3.9";

  @TempDir Path folder;
  private final TestCommits commits = new TestCommits();
  private DevTokenIssuer issuer;
  private SbiServer aipf;
  private RemoteKeys keysForAipf;
  private EchoAnchor anchor;
  private SmfAdapter adapter;
  private int port;

  @BeforeEach
  void start() throws Exception {
    issuer = DevTokenIssuer.start(issuerConfig(), InstantSource.system(), null);
    Files.writeString(folder.resolve("client.secret"), SECRET);
    aipf = aipf();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral(SERVICE))) {
      port = free.getLocalPort();
    }
    anchor =
        new EchoAnchor(
            "a",
            new ServerSocket(port, 50, InetAddress.ofLiteral(ANCHOR)),
            new DatagramSocket(port, InetAddress.ofLiteral(ANCHOR)),
            true);
    adapter = SmfAdapterMain.start(config());
  }

  @AfterEach
  void stop() throws Exception {
    adapter.close();
    anchor.close();
    aipf.close();
    keysForAipf.close();
    issuer.close();
  }

  @Test
  void aCommitSteersOverHttp2UntilItsEnd() throws Exception {
    try (ClientCredentials tokens = tokens();
        SbiClient client = SbiClient.create(peer(adapter.port().getAsInt()), tokens)) {
      NsmfadapterSteering steering = new HttpNsmfadapterSteering(client);
      assertThatThrownBy(() -> new UeConnection(connect())).isInstanceOf(IOException.class);

      String serve = commits.sign(draft(1));
      steering.applyCommits(call(), new ApplyCommits(List.of(serve)));
      try (UeConnection ue = new UeConnection(connect())) {
        assertThat(ue.anchor()).isEqualTo("a");
        assertThat(steering.listGrants(call(), new ListGrants()).driver()).isEqualTo("gateway");
        assertThat(steering.listGrants(call(), new ListGrants()).grants()).hasSize(1);
        assertThat(steering.probeCommit(call(), new ProbeCommit(serve, "STEERED")).cause())
            .as("an echo is no agent")
            .isEqualTo("TIMEOUT");

        String end = commits.sign(draft(2).ending(EndScope.SESSION));
        steering.applyCommits(call(), new ApplyCommits(List.of(end)));
        assertThatThrownBy(ue::echo).isInstanceOf(IOException.class);
      }
      Refusal stale =
          catchThrowableOfType(
              Refusal.class, () -> steering.applyCommits(call(), new ApplyCommits(List.of(serve))));
      assertThat(stale.problemCause()).isEqualTo("STALE_GENERATION");
    }
  }

  @Test // L1.1
  void aForgedCommitIsRefusedAndCounted() throws Exception {
    try (ClientCredentials tokens = tokens();
        SbiClient client = SbiClient.create(peer(adapter.port().getAsInt()), tokens)) {
      NsmfadapterSteering steering = new HttpNsmfadapterSteering(client);
      String forged = new TestCommits().sign(draft(1).role(CommitRole.SERVE));

      Refusal refusal =
          catchThrowableOfType(
              Refusal.class,
              () -> steering.applyCommits(call(), new ApplyCommits(List.of(forged))));

      assertThat(refusal.status()).isEqualTo(403);
      assertThat(refusal.problemCause()).isEqualTo("COMMIT_REJECTED");
      assertThat(get("/metrics"))
          .contains("smfadapter_commits_refused_total{cause=\"COMMIT_REJECTED\"} 1.0");
    }
  }

  @Test
  void refusedTrafficShowsInTheMetrics() throws Exception {
    assertThatThrownBy(() -> new UeConnection(connect())).isInstanceOf(IOException.class);

    String metrics = get("/metrics");
    while (metrics.contains("smfadapter_denied{kind=\"connections\"} 0.0")) {
      metrics = get("/metrics");
    }
    assertThat(metrics).contains("smfadapter_denied{kind=\"connections\"} 1.0");
  }

  @Test
  void itIsReadyOnceItHasKeys() throws Exception {
    String health = get("/health/ready");
    while (health.contains("\"keys\":false")) {
      health = get("/health/ready");
    }
    assertThat(health).contains("\"status\":\"UP\"").contains("\"gate\":true");
  }

  @Test // L3.11
  void aGateHasOneProcess() {
    assertThatThrownBy(() -> SmfAdapterMain.start(config()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("held by another process");
  }

  private SmfAdapterConfig config() {
    return Configuration.parse(
        SmfAdapterConfig.class,
        """
        gate:
          enforcer-id: %s
          aipf-issuer: %s
          journal: %s
        gateway:
          services:
            - {address: %s, protocol: TCP, port: %d}
        aipf: {base-uri: "http://127.0.0.1:%d"}
        token:
          issuer: {base-uri: "http://127.0.0.1:%d"}
          client-id: smf-adapter
          client-secret-file: %s
          audience: AIPF
        oauth:
          issuer: https://issuer.invalid
          audiences: [SMF-ADAPTER]
          keys: {base-uri: "http://127.0.0.1:%d"}
        listener: {port: 0}
        management: {port: 0}
        """
            .formatted(
                TestCommits.GATE,
                TestCommits.SET,
                folder.resolve("gate.journal"),
                SERVICE,
                port,
                aipf.port(),
                issuer.port(),
                folder.resolve("client.secret"),
                issuer.port()),
        Map.of(),
        "AIPAGING_SMFADAPTER");
  }

  private IssuerConfig issuerConfig() {
    return new IssuerConfig(
        ListenerConfig.cleartext("127.0.0.1", 0),
        "https://issuer.invalid",
        folder.resolve("issuer.pem"),
        List.of(
            new IssuerConfig.Client(
                "smf-adapter", SECRET, List.of(NaipfKeyinfo.API), List.of("AIPF")),
            new IssuerConfig.Client(
                "aipf", SECRET, List.of(NsmfadapterSteering.API), List.of("SMF-ADAPTER"))),
        Duration.ofMinutes(10));
  }

  /** An AIPF that publishes its keys to whoever has a token for that. */
  private SbiServer aipf() {
    NaipfKeyinfo keyinfo = (call, request) -> new JwkSet(commits.keys().jwks());
    keysForAipf = RemoteKeys.at(peer(issuer.port()), DevTokenIssuer.JWKS_PATH, null);
    return ContractBindings.bind(
            SbiServer.builder(
                ListenerConfig.cleartext("127.0.0.1", 0),
                new TokenPolicy("https://issuer.invalid", Set.of("AIPF"), keysForAipf),
                InstantSource.system()),
            keyinfo)
        .start();
  }

  private ClientCredentials tokens() {
    return ClientCredentials.at(
        peer(issuer.port()),
        new ClientCredentials.Credentials("aipf", SECRET, "SMF-ADAPTER"),
        null);
  }

  private Draft draft(long gen) {
    return Draft.serve("lease-aa", gen, Instant.now(), Duration.ofSeconds(30))
        .at("a", ANCHOR + ":" + port)
        .flow(new Flow(UeAddress.parse(UE), ServiceEndpoint.of(SERVICE, "TCP", port)));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(UE), 0));
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(SERVICE), port), 2_000);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private String get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + adapter.managementPort().getAsInt() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static ClientConfig peer(int port) {
    return ClientConfig.cleartext(URI.create("http://127.0.0.1:" + port));
  }

  private static Call call() {
    return Call.within("aipf", Instant.now(), Duration.ofSeconds(5));
  }
}
