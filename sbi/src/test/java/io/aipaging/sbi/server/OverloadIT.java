package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.fixture.Shelf;
import io.aipaging.sbi.fixture.Shelf.Wire;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.wire.OverloadControl;
import io.aipaging.sbi.wire.SbiHeaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener with more requests than places. */
class OverloadIT {
  private static final String THINGS = "/nthing-shelf/v1/things";
  private static final String SLOW = "{\"name\":\"slow\"}";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aFullServerAsksToComeBack(Wire wire) throws Exception {
    ListenerConfig limits = ListenerConfig.cleartext("127.0.0.1", 0).withConcurrentRequestsMax(1);
    try (Shelf shelf = Shelf.start(wire, folder, limits)) {
      CompletableFuture<HttpReply> first =
          CompletableFuture.supplyAsync(() -> shelf.send("POST", THINGS, SLOW));
      assertThat(shelf.blocked.await(5, TimeUnit.SECONDS)).isTrue();
      HttpReply second = shelf.send("GET", THINGS, null);
      assertThat(second.status()).isEqualTo(503);
      assertThat(Shelf.json(second).path("cause").asText()).isEqualTo("NF_CONGESTION");
      assertThat(second.header("Retry-After")).isEqualTo("1");
      assertThat(second.header("3gpp-Sbi-Lci")).contains("; Load-Metric: 100%; NF-Instance: ");
      assertThat(OverloadControl.parse(second.header("3gpp-Sbi-Oci")))
          .hasValueSatisfying(told -> assertThat(told.reductionPercent()).isEqualTo(50));
      shelf.release.countDown();
      assertThat(first.get(5, TimeUnit.SECONDS).status()).isEqualTo(201);
      // The place is given back after the answer has left.
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      int status = shelf.send("GET", THINGS, null).status();
      while (status == 503 && System.nanoTime() < end) {
        status = shelf.send("GET", THINGS, null).status();
      }
      assertThat(status).isEqualTo(200);
    }
  }

  /** TS 29.500 §6.8: the last places are for what is more important. */
  @Test
  void aServerThatIsAlmostFullTakesWhatIsImportant() throws Exception {
    ListenerConfig limits = ListenerConfig.cleartext("127.0.0.1", 0).withConcurrentRequestsMax(8);
    try (Shelf shelf = Shelf.start(Wire.H2C, folder, limits)) {
      List<CompletableFuture<HttpReply>> held = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        held.add(CompletableFuture.supplyAsync(() -> shelf.send("POST", THINGS, SLOW), threads));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (shelf.created.get() < 7) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.onSpinWait();
      }
      assertThat(shelf.send("GET", THINGS, null).status()).isEqualTo(503);
      String header = SbiHeaders.MESSAGE_PRIORITY;
      assertThat(shelf.send("GET", THINGS, null, header, "31").status()).isEqualTo(503);
      assertThat(shelf.send("GET", THINGS, null, header, "0").status()).isEqualTo(200);
      assertThat(shelf.send("GET", THINGS, null, header, "-1").status()).isEqualTo(503);
      shelf.release.countDown();
      for (CompletableFuture<HttpReply> one : held) {
        assertThat(one.get(5, TimeUnit.SECONDS).status()).isEqualTo(201);
      }
    }
  }
}
