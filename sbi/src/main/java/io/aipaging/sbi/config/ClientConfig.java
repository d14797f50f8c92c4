package io.aipaging.sbi.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one peer.
 *
 * @param baseUri {@code apiRoot} of the peer: http or https, host, port and optional path prefix
 * @param http2 HTTP/2 (prior knowledge on http, ALPN on https), else HTTP/1.1
 * @param tls trust and own certificate; required exactly for https
 * @param connectTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer, whatever deadline a call has
 * @param retriesMax further attempts of a call that is safe to repeat
 * @param connectionsMax connections to the peer
 */
public record ClientConfig(
    URI baseUri,
    @Default("true") boolean http2,
    @Nullable ClientTlsConfig tls,
    @Default("2s") Duration connectTimeout,
    @Default("10s") Duration requestTimeout,
    @Default("2") int retriesMax,
    @Default("4") int connectionsMax) {
  public ClientConfig {
    boolean https = "https".equals(baseUri.getScheme());
    if (!https && !"http".equals(baseUri.getScheme())) {
      throw new IllegalArgumentException("base-uri must be http or https");
    }
    if (baseUri.getHost() == null || baseUri.getUserInfo() != null) {
      throw new IllegalArgumentException("base-uri must have a host and no user");
    }
    if (baseUri.getRawQuery() != null || baseUri.getRawFragment() != null) {
      throw new IllegalArgumentException("base-uri must have no query and no fragment");
    }
    if (https != (tls != null)) {
      throw new IllegalArgumentException("tls belongs to an https base-uri, and only there");
    }
    Check.range("connect-timeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    Check.range("request-timeout", requestTimeout, Duration.ofMillis(1), Duration.ofMinutes(5));
    Check.range("retries-max", retriesMax, 0, 10);
    Check.range("connections-max", connectionsMax, 1, 1_000);
  }

  /** HTTP/2 in cleartext with the default limits. */
  public static ClientConfig cleartext(URI baseUri) {
    return of(baseUri, true, null);
  }

  /** HTTP/2 over TLS with the default limits. */
  public static ClientConfig tls(URI baseUri, ClientTlsConfig tls) {
    return of(baseUri, true, tls);
  }

  /** The same over HTTP/1.1. */
  public ClientConfig overHttp1() {
    return new ClientConfig(
        baseUri, false, tls, connectTimeout, requestTimeout, retriesMax, connectionsMax);
  }

  /** The same with other timeouts and number of retries. */
  public ClientConfig with(Duration connect, Duration request, int retries) {
    return new ClientConfig(baseUri, http2, tls, connect, request, retries, connectionsMax);
  }

  /** The same with room for so many connections. */
  public ClientConfig withConnections(int most) {
    return new ClientConfig(baseUri, http2, tls, connectTimeout, requestTimeout, retriesMax, most);
  }

  private static ClientConfig of(URI baseUri, boolean http2, @Nullable ClientTlsConfig tls) {
    return new ClientConfig(
        baseUri, http2, tls, Duration.ofSeconds(2), Duration.ofSeconds(10), 2, 4);
  }
}
