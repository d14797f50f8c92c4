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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is on a list of revoked certificates is refused, and lists are taken up as they come. */
class TlsRevocationIT {
  private static final Duration TIME = Duration.ofSeconds(5);
  @TempDir Path folder;
  private TestPki pki;

  @BeforeEach
  void make() throws Exception {
    pki = new TestPki(folder);
  }

  @Test
  void aPeerIsRefusedOnceItIsRevokedAndNobodyElseIs() throws Exception {
    TlsConfig tls = pki.server("server", ClientAuth.REQUIRED).withCrl(pki.revoked(soon()));
    ClientTlsConfig peer = pki.client("peer");
    ClientTlsConfig other = pki.client("other");
    try (SbiServer server = server(tls)) {
      assertThat(serves(server, peer)).isTrue();
      pki.revoked(soon(), "peer");
      eventually("refused", () -> !serves(server, peer));
      assertThat(serves(server, other)).isTrue();
      Files.writeString(folder.resolve("crl.pem"), "nonsense"); // changes nothing
      LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
      assertThat(serves(server, peer)).isFalse();
      pki.revoked(soon(), "other");
      eventually("the next list", () -> serves(server, peer) && !serves(server, other));
    }
  }

  @Test
  void aClientLeavesAServerThatIsRevoked() throws Exception {
    TlsConfig tls = pki.server("server", ClientAuth.NONE);
    ClientTlsConfig client = pki.anonymous().withCrl(pki.revoked(soon()));
    try (SbiServer server = server(tls)) {
      assertThat(serves(server, client)).isTrue();
      assertThat(serves("https://localhost:" + server.port(), client)).as("its name").isFalse();
      pki.revoked(soon(), "server");
      assertThat(serves(server, client)).isFalse();
      assertThat(serves(server, pki.anonymous())).as("without a list").isTrue();
    }
  }

  @Test
  void aListThatIsOutOfDateDoesNotStart() throws Exception {
    TlsConfig tls = pki.server("server", ClientAuth.REQUIRED);
    Path old = pki.revoked(Instant.now().minusSeconds(1));
    assertThatThrownBy(() -> server(tls.withCrl(old)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out of date");
    assertThatThrownBy(() -> server(tls.withCrl(folder.resolve("nothing"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aListIsOfNoUseWhereNobodyIsAskedForACertificate() throws Exception {
    TlsConfig tls = pki.server("server", ClientAuth.NONE);
    Path list = pki.revoked(soon());
    assertThatThrownBy(() -> tls.withCrl(list)).hasMessageContaining("client-auth");
  }

  private static Instant soon() {
    return Instant.now().plus(Duration.ofHours(1));
  }

  private static SbiServer server(TlsConfig tls) {
    TokenPolicy nobody = new TokenPolicy("none", Set.of("none"), KeySource.of(Map.of()));
    return SbiServer.builder(
            ListenerConfig.tls("127.0.0.1", 0, tls), nobody, InstantSource.system())
        .route(
            new RawRoute(
                "GET", "/here", new RawPolicy.Public("test"), request -> RawReply.empty(204)))
        .start();
  }

  private static boolean serves(SbiServer server, ClientTlsConfig tls) {
    return serves("https://127.0.0.1:" + server.port(), tls);
  }

  private static boolean serves(String uri, ClientTlsConfig tls) {
    ClientConfig config = ClientConfig.tls(URI.create(uri), tls).with(TIME, TIME, 0);
    try (RawClient client = RawClient.create(config, null)) {
      return client.send(RawClient.Request.of("GET", "/here", null), TIME).status() == 204;
    } catch (RuntimeException e) {
      return false;
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
}
