package io.aipaging.sbi.nrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.core.CoreProfiles;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NfPeersIT {
  private static final NfPeers.Kind PCF = new NfPeers.Kind("PCF", "npcf-policyauthorization");
  private final Vertx vertx = SbiVertx.create(1);
  private final AtomicLong now = new AtomicLong();
  private final CoreProfile profile = CoreProfiles.Core.OPEN5GS.profile();
  private final NrfConfig registry =
      new NrfConfig(
          List.of(URI.create("http://127.0.0.1:1")),
          null,
          null,
          "127.0.0.1",
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          null);
  private final Nrf nrf =
      Nrf.open(registry, profile, new Nrf.Who("nf-pcf-adapter", List.of()), vertx);
  private final NfPeers peers =
      new NfPeers(nrf, registry, client -> client, profile, vertx, now::get);
  private final HttpServer pcf =
      vertx
          .createHttpServer()
          .requestHandler(request -> request.response().setStatusCode(204).end())
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .join();

  @AfterEach
  void close() {
    peers.close();
    nrf.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private RawClient real() {
    return peers.reached(PCF, URI.create("http://127.0.0.1:" + pcf.actualPort()));
  }

  private RawClient other(int number) {
    return peers.reached(PCF, URI.create("http://127.1.0.1:" + (1_000 + number)));
  }

  private static int status(RawClient client) {
    return client.send(RawClient.Request.of("GET", "/", null), Duration.ofSeconds(5)).status();
  }

  @Test
  void aPeerKeepsItsClientWhileItIsUsed() {
    RawClient first = real();
    for (int i = 0; i < 3 * NfPeers.PEERS_MAX; i++) {
      assertThat(other(i)).isNotNull();
      assertThat(real()).isSameAs(first);
      now.addAndGet(NfPeers.UNDER_WAY.dividedBy(NfPeers.PEERS_MAX).toNanos());
    }
    assertThat(status(first)).isEqualTo(204);
  }

  /** As when the functions of a core restart at ever new addresses. */
  @Test
  void whoWasNotUsedForLongestMakesRoomAndEndsWhatIsUnderWay() {
    RawClient first = real();
    for (int i = 0; i < NfPeers.PEERS_MAX; i++) {
      assertThat(other(i)).isNotNull();
    }
    assertThat(status(first)).isEqualTo(204);
    now.addAndGet(NfPeers.UNDER_WAY.toNanos());
    assertThat(other(NfPeers.PEERS_MAX)).isNotNull();
    assertThatThrownBy(() -> status(first)).isInstanceOf(RuntimeException.class);
    assertThat(status(real())).isEqualTo(204);
  }

  @Test
  void newPeersWithoutEndAreRefusedAndLaterReached() {
    for (int i = 0; i < 2 * NfPeers.PEERS_MAX; i++) {
      assertThat(other(i)).isNotNull();
    }
    assertThatThrownBy(this::real)
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(504));
    now.addAndGet(NfPeers.UNDER_WAY.toNanos());
    assertThat(status(real())).isEqualTo(204);
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertThatThrownBy(() -> peers.reached(PCF, URI.create("http:///nowhere")))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(504));
  }
}
