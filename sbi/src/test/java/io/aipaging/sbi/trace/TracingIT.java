package io.aipaging.sbi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.ThreadMXBean;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ConfigurationException;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.oauth.KeySource;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.server.RawPolicy;
import io.aipaging.sbi.server.RawReply;
import io.aipaging.sbi.server.RawRoute;
import io.aipaging.sbi.server.SbiServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TracingIT {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  @Test
  void aCollectorThatNeverAnswersHoldsNobodyUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TracingConfig config =
          new TracingConfig(
              URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/v1/traces"),
              null,
              1_000,
              512,
              Duration.ofMillis(10),
              Duration.ofSeconds(60));
      Tracing tracing = Tracing.open(config, "test");
      try (SbiServer server = server(tracing);
          RawClient client = client(server)) {
        for (int i = 0; i < 2_000; i++) { // four times what the queue holds
          long begun = System.nanoTime();
          assertThat(client.send(get("/said"), LIMIT).status()).isEqualTo(200);
          assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);
        }
      }
      long begun = System.nanoTime();
      tracing.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aTracedRequestTellsItsPeersOfTheTrace() {
    try (Tracing tracing = Tracing.open(TracingConfig.to(URI.create("http://127.0.0.1:9")), "t");
        SbiServer peer = server(null);
        SbiServer server = relay(tracing, peer);
        RawClient client = client(server)) {
      String told = client.send(get("/relay"), LIMIT).body().path("traceparent").asText();
      assertThat(told).matches("00-" + TRACE + "-[0-9a-f]{16}-01").isNotEqualTo(PARENT);
    }
  }

  @Test
  void aCollectorThatIsNotThereIsLoggedAsAllElseIs() throws Exception {
    Logger sdk = (Logger) LoggerFactory.getLogger("io.opentelemetry");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    sdk.addAppender(lines);
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    try (Tracing tracing =
        Tracing.open(TracingConfig.to(URI.create("http://127.0.0.1:" + nobody)), "t")) {
      tracing.request("GET", name -> null).end();
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (lines.list.isEmpty()) {
        assertThat(System.nanoTime()).as("a line within ten seconds").isLessThan(end);
        Thread.onSpinWait();
      }
    } finally {
      sdk.detachAppender(lines);
    }
    assertThat(lines.list.getFirst().getFormattedMessage()).contains("Failed to export");
  }

  @Test
  void withoutTracesNothingIsToldAndNothingMade() {
    assertThat(Tracing.open(null, "test")).isNull();
    try (SbiServer peer = server(null);
        SbiServer server = relay(null, peer);
        RawClient client = client(server)) {
      String told = client.send(get("/relay"), LIMIT).body().path("traceparent").asText();
      assertThat(told).isEqualTo("none");
    }
    Work.untraced(TRACE).run(() -> assertThat(ClientSpan.begin("GetThing", "GET")).isNull());
    assertThat(ClientSpan.begin("GetThing", "GET")).isNull();
    Runnable body = () -> {};
    assertThat(Work.carried(body)).isSameAs(body);
  }

  @Test
  void withoutTracesACallCostsNoMemory() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Work.untraced(TRACE)
        .run(
            () -> {
              long before = threads.getCurrentThreadAllocatedBytes();
              int made = 0;
              for (int i = 0; i < 100_000; i++) {
                made += ClientSpan.begin("GetThing", "GET") == null ? 0 : 1;
              }
              long used = threads.getCurrentThreadAllocatedBytes() - before;
              assertThat(made).isZero();
              assertThat(used).as("bytes for 100,000 calls").isLessThan(100_000);
            });
  }

  @Test
  void aConfigurationThatCannotWorkIsRefused() {
    for (String bad :
        new String[] {
          "endpoint: ftp://otel:4318/v1/traces",
          "endpoint: /v1/traces",
          "{endpoint: 'http://otel:4318', trust-file: ca.pem}",
          "{endpoint: 'http://otel:4318', sampled-per-mille: 1001}",
          "{endpoint: 'http://otel:4318', queue-max: 1}",
          "sampled-per-mille: 10"
        }) {
      assertThatThrownBy(
              () -> Configuration.parse(TracingConfig.class, bad, Map.of(), "AIPAGING_TEST"))
          .as(bad)
          .isInstanceOf(ConfigurationException.class);
    }
  }

  /** Says which trace it was told of. */
  private static SbiServer server(@Nullable Tracing tracing) {
    return builder(tracing)
        .route(
            new RawRoute(
                "GET",
                "/said",
                new RawPolicy.Public("test"),
                request -> {
                  String told =
                      request
                          .headers()
                          .getOrDefault("traceparent", java.util.List.of("none"))
                          .getFirst();
                  return RawReply.json(200, Map.of("traceparent", told));
                }))
        .start();
  }

  /** Asks {@code peer} and says what that said. */
  private static SbiServer relay(@Nullable Tracing tracing, SbiServer peer) {
    RawClient client = client(peer);
    return builder(tracing)
        .route(
            new RawRoute(
                "GET",
                "/relay",
                new RawPolicy.Public("test"),
                request ->
                    RawReply.json(
                        200,
                        Map.of(
                            "traceparent",
                            client
                                .send(RawClient.Request.of("GET", "/said", null), LIMIT)
                                .body()
                                .path("traceparent")
                                .asText()))))
        .start();
  }

  private static SbiServer.Builder builder(@Nullable Tracing tracing) {
    return SbiServer.builder(
            ListenerConfig.cleartext("127.0.0.1", 0),
            new TokenPolicy("none", Set.of("none"), KeySource.of(Map.of())),
            InstantSource.system())
        .tracing(tracing);
  }

  private static RawClient.Request get(String path) {
    return new RawClient.Request("GET", path, Map.of("traceparent", PARENT), null);
  }

  private static RawClient client(SbiServer server) {
    return RawClient.create(
        ClientConfig.cleartext(URI.create("http://127.0.0.1:" + server.port())), null);
  }
}
