package io.aipaging.aexf.guard.http;

import static io.aipaging.aexf.guard.http.GuardKit.GATEWAY;
import static io.aipaging.aexf.guard.http.GuardKit.SESSION;
import static io.aipaging.aexf.guard.http.GuardKit.UE;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.Confirmation;
import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.TlsConfig;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S-41 and TLS behind a PROXY header. */
class GuardTlsIT {
  @TempDir Path directory;
  private TestCertificate server;
  private TestCertificate client;
  private GuardKit kit;

  @BeforeEach
  void start() throws Exception {
    server = TestCertificate.make(directory, "server");
    client = TestCertificate.make(directory, "client");
    GuardConfig c = GuardConfig.cleartext("127.0.0.1", 0, List.of(GATEWAY));
    TlsConfig tls =
        new TlsConfig(server.certFile(), server.keyFile(), client.certFile(), ClientAuth.REQUEST);
    kit =
        new GuardKit(
            directory,
            new GuardConfig(
                c.host(),
                c.port(),
                tls,
                c.gateways(),
                c.paths(),
                c.scope(),
                c.serviceNames(),
                c.proofWindow(),
                c.connectionsMax(),
                c.headerBytesMax(),
                c.bodyBytesMax(),
                c.headTimeout(),
                c.bodyTimeout(),
                c.idleTimeout(),
                c.drainLead()));
    kit.admit(Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test // L2.13
  void aTokenBoundToACertificateNeedsThatCertificate() throws Exception {
    String token = kit.token(SESSION, new Confirmation.ClientCertificate(client.sha256()));
    assertThat(ask(UE, null, client, token)).contains("200 OK");
    assertThat(ask(UE, null, null, token)).contains("401").contains("invalid_token");
    String other = kit.token(SESSION, new Confirmation.ClientCertificate(server.sha256()));
    assertThat(ask(UE, null, client, other)).contains("401").contains("invalid_token");
  }

  @Test
  void aRenewedCertificateIsShownWithoutARestart() throws Exception {
    String token = kit.token(SESSION, UE);
    assertThat(ask(UE, null, null, token)).contains("200 OK");
    TestCertificate renewed =
        TestCertificate.make(Files.createDirectory(directory.resolve("renewed")), "server");
    Files.copy(renewed.certFile(), server.certFile(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(renewed.keyFile(), server.keyFile(), StandardCopyOption.REPLACE_EXISTING);
    server = renewed; // the only one that is trusted from now on
    Await.until("the renewed certificate", () -> answers(token));
  }

  private boolean answers(String token) throws Exception {
    try {
      return ask(UE, null, null, token).contains("200 OK");
    } catch (SSLException e) {
      return false;
    }
  }

  @Test
  void aProxyHeaderComesBeforeTls() throws Exception {
    String token = kit.token(SESSION, UE);
    assertThat(ask(GATEWAY, RawClient.relaying(UE), null, token)).contains("200 OK");
    assertThat(ask(GATEWAY, null, null, token)).contains("403").contains("ue_unknown");
  }

  @Test
  void theEndOfALeaseCutsAStreamUnderTls() throws Exception {
    String token = kit.token(SESSION, UE);
    try (RawClient stream = connect(UE, null, null)) {
      stream.get("/v1/events", "Authorization", "Bearer " + token);
      stream.readUntil("data: ");
      kit.apply(
          kit.commits()
              .end(
                  GuardKit.LEASE,
                  SESSION,
                  ++kit.gen,
                  io.aipaging.protocol.EndScope.LEASE,
                  java.time.Instant.now()));
      assertThat(stream.readToEnd()).isNotNull();
    }
    Await.until("the model server is let go", () -> kit.model.streams.get() == 0);
  }

  private String ask(String from, byte[] header, TestCertificate identity, String token)
      throws Exception {
    try (RawClient raw = connect(from, header, identity)) {
      raw.get("/v1/echo", "Authorization", "Bearer " + token);
      return raw.answer();
    }
  }

  private RawClient connect(String from, byte[] header, TestCertificate identity) throws Exception {
    Socket plain = RawClient.connected(from, kit.port());
    if (header != null) {
      plain.getOutputStream().write(header);
    }
    SSLContext context = TestCertificate.context(server, identity);
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", kit.port(), true);
    tls.startHandshake();
    return new RawClient(tls);
  }
}
