package io.aipaging.sbi.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ManagementServerIT {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void healthAndMetricsAreServedAndNothingElse() throws Exception {
    AtomicBoolean ready = new AtomicBoolean();
    try (Metrics metrics = Metrics.ofProcess();
        ManagementServer server =
            ManagementServer.start(
                new ManagementConfig("127.0.0.1", 0),
                metrics,
                Map.of(
                    "store",
                    ready::get,
                    "other",
                    () -> {
                      if (!ready.get()) {
                        throw new IllegalStateException("not yet");
                      }
                      return true;
                    }),
                null)) {
      metrics.counter("things.made", "kind", "round").increment();
      metrics.gauge("things.held", () -> 7, "kind", "round");
      metrics.requestAnswered("GetThing", 200, Duration.ofMillis(3));
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> notReady = get(server, "/health/ready");
      assertThat(notReady.statusCode()).isEqualTo(503);
      assertThat(notReady.body())
          .isEqualTo("{\"status\":\"DOWN\",\"checks\":{\"other\":false,\"store\":false}}");
      ready.set(true);
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
      HttpResponse<String> scraped = get(server, "/metrics");
      assertThat(scraped.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      assertThat(scraped.body())
          .contains("things_made_total{kind=\"round\"} 1.0")
          .contains("things_held{kind=\"round\"} 7.0")
          .contains("sbi_server_requests_seconds_bucket{operation=\"GetThing\",status=\"200\"")
          .contains("jvm_memory_used_bytes");
      assertThat(get(server, "/env").statusCode()).isEqualTo(404);
      assertThat(get(server, "/").statusCode()).isEqualTo(404);
      assertThat(send(server, "/metrics", "POST").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void whoEndsIsNotReadyAWhileBeforeItDoes() throws Exception {
    Duration leaves = Duration.ofSeconds(2);
    try (Metrics metrics = Metrics.ofProcess()) {
      ManagementServer server =
          ManagementServer.start(
              new ManagementConfig("127.0.0.1", 0, leaves), metrics, Map.of(), null);
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
      int port = server.port();
      Thread ending = Thread.startVirtualThread(server::close);
      HttpResponse<String> ready = get(server, "/health/ready");
      while (ready.statusCode() == 200) {
        ready = get(server, "/health/ready");
      }
      assertThat(ready.body()).contains("\"stays\":false");
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      ending.join();
      assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    }
  }

  private HttpResponse<String> get(ManagementServer server, String path) throws Exception {
    return send(server, path, "GET");
  }

  private HttpResponse<String> send(ManagementServer server, String path, String method)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(5))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
