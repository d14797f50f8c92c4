package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.fixture.Shelf;
import io.aipaging.sbi.fixture.Shelf.Wire;
import io.aipaging.sbi.fixture.Things;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.wire.SbiHeaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyIT {
  private static final String THINGS = "/nthing-shelf/v1/things";

  @TempDir Path folder;
  private Shelf shelf;

  @BeforeEach
  void start() throws Exception {
    shelf = Shelf.start(Wire.H2C, folder);
  }

  @AfterEach
  void stop() {
    shelf.close();
  }

  @Test
  void repeatsAtTheSameTimeWaitForTheFirst() throws Exception {
    List<CompletableFuture<HttpReply>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      replies.add(
          CompletableFuture.supplyAsync(
              () -> create("{\"name\":\"slow\"}", "k-1"), Thread::startVirtualThread));
    }
    assertThat(shelf.blocked.await(5, TimeUnit.SECONDS)).isTrue();
    shelf.release.countDown();
    for (CompletableFuture<HttpReply> reply : replies) {
      HttpReply answer = reply.get(10, TimeUnit.SECONDS);
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.header("Location")).isEqualTo(THINGS + "/t-1");
      assertThat(Shelf.json(answer).path("thingId").asText()).isEqualTo("t-1");
    }
    assertThat(shelf.created).hasValue(1);
  }

  @Test
  void aRepeatGetsTheFirstAnswerHoweverItIsWritten() {
    assertThat(create("{\"name\":\"a\",\"size\":2}", "k-1").status()).isEqualTo(201);
    HttpReply again = create("{ \"size\" : 2, \"name\" : \"a\" }", "k-1; retrans=true");
    assertThat(Shelf.json(again).path("thingId").asText()).isEqualTo("t-1");
    assertThat(shelf.created).hasValue(1);
  }

  @Test
  void theSameKeyForOtherContentIsRefused() {
    create("{\"name\":\"a\"}", "k-1");
    HttpReply other = create("{\"name\":\"b\"}", "k-1");
    assertThat(other.status()).isEqualTo(409);
    assertThat(Shelf.json(other).path("cause").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(shelf.created).hasValue(1);
  }

  @Test
  void anotherConsumersKeyIsAnotherKey() {
    create("{\"name\":\"a\"}", "k-1");
    HttpReply reply =
        shelf.send(
            "POST",
            THINGS,
            "{\"name\":\"b\"}",
            SbiHeaders.REQUEST_INFO,
            "idempotency-key=k-1",
            "Authorization",
            "Bearer " + shelf.tokens.token("nf-2", Things.API));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(shelf.created).hasValue(2);
  }

  @Test
  void aRefusalIsAnAnswerToo() {
    assertThat(create("{\"name\":\"refused\"}", "k-1").status()).isEqualTo(403);
    assertThat(create("{\"name\":\"refused\"}", "k-1").status()).isEqualTo(403);
    assertThat(shelf.created).hasValue(1);
  }

  @Test
  void whatMayPassIsTriedAgain() {
    assertThat(create("{\"name\":\"busy\"}", "k-1").status()).isEqualTo(503);
    assertThat(create("{\"name\":\"busy\"}", "k-1").status()).isEqualTo(503);
    assertThat(create("{\"name\":\"broken\"}", "k-2").status()).isEqualTo(500);
    assertThat(create("{\"name\":\"broken\"}", "k-2").status()).isEqualTo(500);
    assertThat(shelf.created).hasValue(4);
  }

  @Test
  void whatIsInTheWayIsLookedAtAgain() {
    assertThat(create("{\"name\":\"taken\"}", "k-1").status()).isEqualTo(409);
    assertThat(create("{\"name\":\"taken\"}", "k-1").status()).isEqualTo(409);
    assertThat(shelf.created).hasValue(2);
  }

  @Test
  void aRepeatAfterTheDeadlineGetsTheAnswerThatCameTooLate() throws Exception {
    HttpReply late =
        shelf.send(
            "POST",
            THINGS,
            "{\"name\":\"slow\"}",
            SbiHeaders.REQUEST_INFO,
            "idempotency-key=k-1",
            SbiHeaders.MAX_RSP_TIME,
            "200");
    assertThat(late.status()).isEqualTo(504);
    shelf.release.countDown();
    HttpReply again = create("{\"name\":\"slow\"}", "k-1");
    assertThat(again.status()).isEqualTo(201);
    assertThat(shelf.created).hasValue(1);
  }

  private HttpReply create(String body, String key) {
    return shelf.send("POST", THINGS, body, SbiHeaders.REQUEST_INFO, "idempotency-key=" + key);
  }
}
