package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.fixture.Shelf;
import io.aipaging.sbi.fixture.Shelf.Wire;
import io.aipaging.sbi.fixture.Things;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.wire.SbiHeaders;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerLimitsIT {
  private static final String THINGS = "/nthing-shelf/v1/things";
  private static final String SLOW = "{\"name\":\"slow\"}";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void thePeerGetsItsAnswerAtTheDeadlineAndTheHandlerGoesOn(Wire wire) throws Exception {
    try (Shelf shelf = Shelf.start(wire, folder)) {
      long start = System.nanoTime();
      HttpReply reply = shelf.send("POST", THINGS, SLOW, SbiHeaders.MAX_RSP_TIME, "300");
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(reply.status()).isEqualTo(504);
      assertThat(Shelf.json(reply).path("cause").asText()).isEqualTo("TIMED_OUT_REQUEST");
      assertThat(took).isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
      shelf.release.countDown();
      assertThat(shelf.unblocked.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aRequestThatNamesNoTimeHasTheListenersDeadline() throws Exception {
    ListenerConfig limits =
        ListenerConfig.cleartext("127.0.0.1", 0).withRequestDeadline(Duration.ofMillis(200));
    try (Shelf shelf = Shelf.start(Wire.H2C, folder, limits)) {
      assertThat(shelf.send("POST", THINGS, SLOW).status()).isEqualTo(504);
    }
  }

  @Test
  void http1KeepsItsConnectionOverRefusalsWithoutBody() throws Exception {
    try (Shelf shelf = Shelf.start(Wire.HTTP1, folder);
        Raw raw = new Raw(shelf.port())) {
      for (int i = 0; i < 3; i++) {
        raw.write("GET /nope HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(raw.status()).isEqualTo(404);
        raw.skipRest();
      }
    }
  }

  @Test
  void anUnauthenticatedPeerIsAnsweredBeforeItSendsItsBody() throws Exception {
    try (Shelf shelf = Shelf.start(Wire.HTTP1, folder);
        Raw raw = new Raw(shelf.port())) {
      raw.write(
          "POST "
              + THINGS
              + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: 200000\r\n\r\n");
      assertThat(raw.status()).isEqualTo(401);
      assertThat(raw.skipRest()).contains("connection: close");
      assertThat(raw.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aBodyWithoutAnnouncedLengthIsCutAtTheLimit() throws Exception {
    try (Shelf shelf = Shelf.start(Wire.HTTP1, folder);
        Raw raw = new Raw(shelf.port())) {
      raw.write(authorized(shelf, "Transfer-Encoding: chunked"));
      String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
      for (int i = 0; i < 9; i++) {
        raw.write(chunk);
      }
      assertThat(raw.status()).isEqualTo(413);
    }
  }

  @Test
  void aBodyThatNeverEndsIsGivenUpAtTheDeadline() throws Exception {
    ListenerConfig limits =
        ListenerConfig.cleartext("127.0.0.1", 0).withRequestDeadline(Duration.ofMillis(300));
    try (Shelf shelf = Shelf.start(Wire.HTTP1, folder, limits);
        Raw raw = new Raw(shelf.port())) {
      raw.write(authorized(shelf, "Content-Length: 100") + "{");
      assertThat(raw.status()).isEqualTo(504);
    }
  }

  @Test
  void aPeerMayAskBeforeItSendsItsBody() throws Exception {
    try (Shelf shelf = Shelf.start(Wire.HTTP1, folder);
        Raw raw = new Raw(shelf.port())) {
      String body = "{\"name\":\"a\"}";
      raw.write(authorized(shelf, "Expect: 100-continue\r\nContent-Length: " + body.length()));
      assertThat(raw.status()).isEqualTo(100);
      raw.skipHead();
      raw.write(body);
      assertThat(raw.status()).isEqualTo(201);
    }
  }

  @Test
  void theUpgradeToHttp2IsRefused() throws Exception {
    try (Shelf shelf = Shelf.start(Wire.HTTP1, folder)) {
      try (Raw raw = new Raw(shelf.port())) {
        raw.write(
            "POST "
                + THINGS
                + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
                + "Authorization: Bearer "
                + shelf.tokens.token("nf-1", Things.API)
                + "\r\n"
                + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n"
                + "{\"name\":\"a\"}");
        assertThat(raw.isClosedByPeer()).isTrue();
      }
      assertThat(shelf.created).hasValue(0);
      assertThat(shelf.send("GET", THINGS, null).status()).isEqualTo(200);
    }
  }

  @Test
  void manyRequestsAtOnceAreAllAnswered() throws Exception {
    try (Shelf shelf = Shelf.start(Wire.H2C, folder)) {
      List<CompletableFuture<HttpReply>> replies = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String name = "{\"name\":\"n" + i + "\"}";
        replies.add(
            CompletableFuture.supplyAsync(
                () -> shelf.send("POST", THINGS, name), Thread::startVirtualThread));
      }
      for (CompletableFuture<HttpReply> reply : replies) {
        assertThat(reply.get(20, TimeUnit.SECONDS).status()).isEqualTo(201);
      }
      assertThat(shelf.created).hasValue(300);
    }
  }

  @Test
  void measurementsCarryNamesOfOperationsOnly() throws Exception {
    try (Shelf shelf = Shelf.start(Wire.H2C, folder)) {
      shelf.send("GET", THINGS + "/some-id", null);
      shelf.send("GET", "/some/unknown/path", null);
      shelf.send("POST", "/echo/hello", "{}");
      String text = shelf.metrics.scrape();
      assertThat(text)
          .contains("sbi_server_requests_seconds_count{operation=\"GetThing\",status=\"200\"} 1")
          .contains("operation=\"unrouted\",status=\"404\"")
          .contains("operation=\"/echo/{word}\",status=\"200\"")
          .doesNotContain("some-id")
          .doesNotContain("hello");
    }
  }

  @Test
  void theInventoryNamesTheAccessRuleOfEveryRoute() throws Exception {
    try (Shelf shelf = Shelf.start(Wire.H2C, folder)) {
      assertThat(shelf.server.routes())
          .contains(
              new Route("POST", THINGS, "CreateThing", "scope nthing-shelf"),
              new Route("POST", "/echo/{word}", "raw", "public: test"),
              new Route("GET", "/guarded", "raw", "scope guard"))
          .hasSize(8);
    }
  }

  private static String authorized(Shelf shelf, String header) {
    return "POST "
        + THINGS
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + shelf.tokens.token("nf-1", Things.API)
        + "\r\nContent-Type: application/json\r\n"
        + header
        + "\r\n\r\n";
  }

  /** A peer that sends exactly what it is told. */
  private static final class Raw implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    Raw(int port) throws Exception {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(10_000);
      out = socket.getOutputStream();
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void write(String text) throws Exception {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    int status() throws Exception {
      return Integer.parseInt(in.readLine().split(" ")[1]);
    }

    void skipHead() throws Exception {
      while (!in.readLine().isEmpty()) {}
    }

    /** Reads headers and body; returns the headers in lower case. */
    List<String> skipRest() throws Exception {
      List<String> headers = new ArrayList<>();
      int length = 0;
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        headers.add(line.toLowerCase(java.util.Locale.ROOT));
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).trim());
        }
      }
      for (int i = 0; i < length; i++) {
        in.read();
      }
      return headers;
    }

    boolean isClosedByPeer() throws Exception {
      try {
        while (in.read() >= 0) {}
        return true;
      } catch (java.net.SocketTimeoutException e) {
        return false;
      } catch (java.io.IOException reset) {
        return true;
      }
    }

    @Override
    public void close() throws Exception {
      socket.close();
    }
  }
}
