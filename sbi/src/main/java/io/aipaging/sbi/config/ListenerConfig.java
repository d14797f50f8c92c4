package io.aipaging.sbi.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a server listens, and its limits.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 * @param tls TLS 1.3 (ALPN h2 and http/1.1); null means cleartext (HTTP/2 by prior knowledge and
 *     HTTP/1.1)
 * @param apiRoot {@code scheme://authority} used in absolute {@code Location}s; null means relative
 *     ones
 * @param requestDeadline time for a request that names none, at most 99.999 s
 * @param idleTimeout a connection without traffic for so long is closed
 * @param concurrentRequestsMax requests in work; more are answered 503
 * @param concurrentStreamsMax HTTP/2 streams per connection
 * @param bodyBytesMax longest request body, at most 256 KiB
 * @param headerBytesMax longest header list
 */
public record ListenerConfig(
    @Default("127.0.0.1") String host,
    int port,
    @Nullable TlsConfig tls,
    @Nullable String apiRoot,
    @Default("10s") Duration requestDeadline,
    @Default("60s") Duration idleTimeout,
    @Default("512") int concurrentRequestsMax,
    @Default("100") int concurrentStreamsMax,
    @Default("262144") int bodyBytesMax,
    @Default("16384") int headerBytesMax) {
  private static final Duration DEADLINE_MAX = Duration.ofMillis(99_999);

  public ListenerConfig {
    Check.range("port", port, 0, 65_535);
    Check.range("request-deadline", requestDeadline, Duration.ofMillis(1), DEADLINE_MAX);
    Check.range("idle-timeout", idleTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    Check.range("concurrent-requests-max", concurrentRequestsMax, 1, 100_000);
    Check.range("concurrent-streams-max", concurrentStreamsMax, 1, 1_000);
    Check.range("body-bytes-max", bodyBytesMax, 1, 262_144);
    Check.range("header-bytes-max", headerBytesMax, 1_024, 65_536);
  }

  /** A cleartext listener with the default limits. */
  public static ListenerConfig cleartext(String host, int port) {
    return withDefaults(host, port, null);
  }

  /** A TLS 1.3 listener with the default limits. */
  public static ListenerConfig tls(String host, int port, TlsConfig tls) {
    return withDefaults(host, port, tls);
  }

  /**
   * Where peers reach it, {@code scheme://authority} without a slash at the end.
   *
   * @param bound port listened on
   * @param told what its operator says instead; null means its own address, then a literal one
   */
  public String reachedAt(int bound, @Nullable URI told) {
    if (told != null) {
      return told.toString().replaceAll("/+$", "");
    }
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return (tls == null ? "http://" : "https://") + literal + ":" + bound;
  }

  /** The same listener with another default deadline. */
  public ListenerConfig withRequestDeadline(Duration deadline) {
    return new ListenerConfig(
        host,
        port,
        tls,
        apiRoot,
        deadline,
        idleTimeout,
        concurrentRequestsMax,
        concurrentStreamsMax,
        bodyBytesMax,
        headerBytesMax);
  }

  /** The same listener with another bound on requests in work. */
  public ListenerConfig withConcurrentRequestsMax(int max) {
    return new ListenerConfig(
        host,
        port,
        tls,
        apiRoot,
        requestDeadline,
        idleTimeout,
        max,
        concurrentStreamsMax,
        bodyBytesMax,
        headerBytesMax);
  }

  private static ListenerConfig withDefaults(String host, int port, @Nullable TlsConfig tls) {
    return new ListenerConfig(
        host,
        port,
        tls,
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        512,
        100,
        262_144,
        16_384);
  }
}
