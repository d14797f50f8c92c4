package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.fixture.TestPki;
import io.aipaging.sbi.fixture.Tokens;
import io.aipaging.sbi.logging.Audit;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpTransport;
import io.aipaging.sbi.transport.TransportFailure;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** S-12 of the checklist. */
class TlsIT {
  private final Logger audit = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
  private final ListAppender<ILoggingEvent> audited = new ListAppender<>();
  @TempDir Path folder;
  @TempDir Path others;

  @Test
  void onlyTls13IsSpoken() throws Exception {
    TestPki pki = new TestPki(folder);
    try (SbiServer server = server(pki, ClientAuth.NONE)) {
      assertThat(handshake(server.port(), "TLSv1.3")).isEqualTo("TLSv1.3");
      for (String old : new String[] {"TLSv1.2"}) {
        assertThatThrownBy(() -> handshake(server.port(), old))
            .isInstanceOf(SSLHandshakeException.class);
      }
      try (Socket plain = new Socket("127.0.0.1", server.port())) {
        plain.setSoTimeout(5_000);
        plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes("US-ASCII"));
        byte[] answer = plain.getInputStream().readNBytes(4);
        assertThat(new String(answer, "ISO-8859-1")).isNotEqualTo("HTTP");
      }
    }
  }

  @Test
  void aListenerThatWantsCertificatesServesNobodyWithout() throws Exception {
    TestPki pki = new TestPki(folder);
    TestPki strangers = new TestPki(others);
    try (SbiServer server = server(pki, ClientAuth.REQUIRED)) {
      assertThat(status(server, pki.client("peer"))).isEqualTo(204);
      assertThatThrownBy(() -> status(server, pki.anonymous()))
          .isInstanceOf(TransportFailure.class);
      ClientTlsConfig stranger = strangers.client("peer");
      ClientTlsConfig pretending =
          new ClientTlsConfig(pki.anonymous().trustFile(), stranger.certFile(), stranger.keyFile());
      assertThatThrownBy(() -> status(server, pretending)).isInstanceOf(TransportFailure.class);
      awaitAudit(2);
    }
  }

  private void awaitAudit(int lines) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (audited.list.size() < lines) {
      assertThat(System.nanoTime()).as("%s", audited.list).isLessThan(end);
      Thread.onSpinWait();
    }
    assertThat(audited.list)
        .allSatisfy(
            line ->
                assertThat(line.getKeyValuePairs())
                    .contains(new KeyValuePair("event", Audit.Event.HANDSHAKE_FAILED)));
  }

  @BeforeEach
  void listen() {
    audited.list = new CopyOnWriteArrayList<>();
    audited.start();
    audit.addAppender(audited);
  }

  @AfterEach
  void stop() {
    audit.detachAppender(audited);
  }

  @Test
  void aListenerThatAsksForCertificatesServesThoseWithoutOne() throws Exception {
    TestPki pki = new TestPki(folder);
    try (SbiServer server = server(pki, ClientAuth.REQUEST)) {
      assertThat(status(server, pki.client("peer"))).isEqualTo(204);
      assertThat(status(server, pki.anonymous())).isEqualTo(204);
    }
  }

  @Test
  void aClientTrustsNoOtherAuthorityAndNoOtherName() throws Exception {
    TestPki pki = new TestPki(folder);
    TestPki strangers = new TestPki(others);
    try (SbiServer server = server(pki, ClientAuth.NONE)) {
      assertThatThrownBy(() -> status(server, strangers.anonymous()))
          .isInstanceOfSatisfying(
              TransportFailure.class, e -> assertThat(e.neverProcessed()).isTrue());
      assertThatThrownBy(() -> status("https://localhost:" + server.port(), pki.anonymous()))
          .isInstanceOf(TransportFailure.class);
    }
  }

  @Test
  void anUnreadableCertificateStopsTheStart() throws Exception {
    TestPki pki = new TestPki(folder);
    var tls = pki.server("server", ClientAuth.NONE);
    Files.writeString(tls.keyFile(), "no key");
    assertThatThrownBy(
            () ->
                SbiServer.builder(
                        ListenerConfig.tls("127.0.0.1", 0, tls),
                        new Tokens().policy(),
                        InstantSource.system())
                    .start())
        .isInstanceOf(RuntimeException.class);
  }

  private static SbiServer server(TestPki pki, ClientAuth auth) throws Exception {
    return SbiServer.builder(
            ListenerConfig.tls("127.0.0.1", 0, pki.server("server", auth)),
            new Tokens().policy(),
            InstantSource.system())
        .route(
            new RawRoute(
                "GET", "/ping", new RawPolicy.Public("test"), request -> RawReply.empty(204)))
        .start();
  }

  private static int status(SbiServer server, ClientTlsConfig tls) throws Exception {
    return status("https://127.0.0.1:" + server.port(), tls);
  }

  private static int status(String uri, ClientTlsConfig tls) throws Exception {
    try (HttpTransport http =
        HttpTransport.open(ClientConfig.tls(URI.create(uri), tls), 1_000, null)) {
      return http.send(new HttpCall("GET", "/ping", Map.of(), null), Duration.ofSeconds(5))
          .status();
    }
  }

  private static String handshake(int port, String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  /** Looks at the protocol only. */
  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
