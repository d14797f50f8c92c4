package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.config.TlsConfig;
import io.aipaging.sbi.fixture.TestPki;
import io.aipaging.sbi.oauth.KeySource;
import io.aipaging.sbi.oauth.TokenPolicy;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates are renewed while requests go on: none fails, and what is half renewed is not used.
 */
class TlsRenewalIT {
  private static final Duration TIME = Duration.ofSeconds(5);
  @TempDir Path folder;

  private static SbiServer server(TlsConfig tls) {
    TokenPolicy nobody = new TokenPolicy("none", Set.of("none"), KeySource.of(Map.of()));
    return SbiServer.builder(
            ListenerConfig.tls("127.0.0.1", 0, tls), nobody, InstantSource.system())
        .route(
            new RawRoute(
                "GET", "/here", new RawPolicy.Public("test"), request -> RawReply.empty(204)))
        .start();
  }

  private static int status(SbiServer server, ClientTlsConfig tls) {
    ClientConfig config =
        ClientConfig.tls(URI.create("https://127.0.0.1:" + server.port()), tls).with(TIME, TIME, 0);
    try (RawClient client = RawClient.create(config, null)) {
      return client.send(RawClient.Request.of("GET", "/here", null), TIME).status();
    }
  }

  /** Serial number of the certificate that is shown now. */
  private static BigInteger shown(SbiServer server) {
    X509TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {anybody}, null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
        socket.startHandshake();
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void eventually(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never happened: " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static void replace(Path file, Path by) throws Exception {
    Path beside = Files.copy(by, file.resolveSibling(file.getFileName() + ".new"));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aRenewedCertificateIsShownAndNoRequestFails() throws Exception {
    TestPki pki = new TestPki(folder);
    TlsConfig tls = pki.server("server", ClientAuth.NONE);
    List<String> failed = new CopyOnWriteArrayList<>();
    AtomicInteger done = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    try (SbiServer server = server(tls)) {
      List<Thread> users =
          List.of(
              Thread.startVirtualThread(() -> use(server, pki, over, done, failed)),
              Thread.startVirtualThread(() -> use(server, pki, over, done, failed)));
      for (int i = 0; i < 3; i++) {
        BigInteger before = shown(server);
        TlsConfig renewed = pki.server("server-" + i, ClientAuth.NONE);
        replace(tls.certFile(), renewed.certFile());
        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos()); // caught in between
        assertThat(shown(server)).isEqualTo(before);
        replace(tls.keyFile(), renewed.keyFile());
        eventually("renewed", () -> !shown(server).equals(before));
      }
      int soFar = done.get();
      eventually("used once more", () -> done.get() > soFar + 20);
      over.set(true);
      for (Thread user : users) {
        user.join();
      }
    }
    assertThat(failed).isEmpty();
  }

  private static void use(
      SbiServer server, TestPki pki, AtomicBoolean over, AtomicInteger done, List<String> failed) {
    while (!over.get()) {
      try {
        int status = status(server, pki.anonymous());
        if (status != 204) {
          failed.add("status " + status);
        }
        done.incrementAndGet();
      } catch (RuntimeException e) {
        failed.add(e.toString());
      }
    }
  }

  @Test
  void aClientShowsItsRenewedCertificateAndAFormerAuthorityIsTrustedNoLonger() throws Exception {
    Path others = Files.createDirectory(folder.resolve("others"));
    TestPki pki = new TestPki(folder);
    TestPki next = new TestPki(others);
    TlsConfig tls = pki.server("server", ClientAuth.REQUIRED);
    ClientTlsConfig client = pki.client("peer");
    ClientTlsConfig nextClient = next.client("peer");
    try (SbiServer server = server(tls)) {
      ClientConfig config =
          ClientConfig.tls(URI.create("https://127.0.0.1:" + server.port()), client)
              .with(TIME, TIME, 0);
      try (RawClient living = RawClient.create(config, null)) {
        RawClient.Request request = RawClient.Request.of("GET", "/here", null);
        assertThat(living.send(request, TIME).status()).isEqualTo(204);
        Path root = tls.trustFile();
        replace(root, next.anonymous().trustFile()); // also the client's trust: one file
        TlsConfig renewed = next.server("server", ClientAuth.REQUIRED);
        replace(tls.certFile(), renewed.certFile());
        replace(tls.keyFile(), renewed.keyFile());
        replace(client.certFile(), nextClient.certFile());
        replace(client.keyFile(), nextClient.keyFile());
        ClientTlsConfig fresh =
            new ClientTlsConfig(root, nextClient.certFile(), nextClient.keyFile());
        eventually("the new authority", () -> trusts(server, fresh));
        assertThat(living.send(request, TIME).status()).isEqualTo(204);
      }
      ClientTlsConfig former = pki.client("former");
      ClientTlsConfig shownAtLast =
          new ClientTlsConfig(next.anonymous().trustFile(), former.certFile(), former.keyFile());
      assertThatThrownBy(() -> status(server, shownAtLast)).isInstanceOf(RuntimeException.class);
    }
  }

  private static boolean trusts(SbiServer server, ClientTlsConfig tls) {
    try {
      return status(server, tls) == 204;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void filesThatAreOfNoUseDoNotStart() throws Exception {
    TestPki pki = new TestPki(folder);
    TlsConfig one = pki.server("one", ClientAuth.NONE);
    TlsConfig other = pki.server("other", ClientAuth.NONE);
    assertThatThrownBy(() -> server(TlsConfig.of(one.certFile(), other.keyFile())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of no use");
    assertThatThrownBy(() -> server(TlsConfig.of(folder.resolve("nothing"), one.keyFile())))
        .isInstanceOf(IllegalArgumentException.class);
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    assertThatThrownBy(() -> server(TlsConfig.of(nonsense, one.keyFile())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsRenewedWithNonsenseGoesOnAsBefore() throws Exception {
    TestPki pki = new TestPki(folder);
    TlsConfig tls = pki.server("server", ClientAuth.NONE);
    try (SbiServer server = server(tls)) {
      BigInteger before = shown(server);
      Files.writeString(tls.certFile(), "nonsense");
      LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
      assertThat(shown(server)).isEqualTo(before);
      Files.delete(tls.certFile());
      LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
      assertThat(shown(server)).isEqualTo(before);
      TlsConfig renewed = pki.server("renewed", ClientAuth.NONE);
      Files.copy(renewed.certFile(), tls.certFile());
      replace(tls.keyFile(), renewed.keyFile());
      eventually("mended", () -> !shown(server).equals(before));
    }
  }
}
