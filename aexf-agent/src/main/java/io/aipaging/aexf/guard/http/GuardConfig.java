package io.aipaging.aexf.guard.http;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;
import io.aipaging.sbi.config.TlsConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where UEs reach the model server, and the limits of what they may do there.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 * @param tls TLS 1.3, or null for cleartext
 * @param gateways source addresses of the gates and gateways in front of this anchor
 * @param paths path prefixes of the model server that are offered
 * @param scope scope a session token needs
 * @param serviceNames host names clients know the service by, with a port unless it is the scheme's
 * @param proofWindow how far a DPoP proof's {@code iat} may be from now
 * @param connectionsMax client connections at once; further ones are closed
 * @param headerBytesMax longest request head
 * @param bodyBytesMax longest request body
 * @param headTimeout time for a new connection to send its first request head
 * @param bodyTimeout time for a request body
 * @param idleTimeout a connection without traffic for so long is closed, also in mid-answer
 * @param drainLead how long before the end of a drain its idle connections are closed; at most half
 *     of the drain. Until then a request on one is answered, and its answer says that it closes
 */
public record GuardConfig(
    @Default("127.0.0.1") String host,
    int port,
    @Nullable TlsConfig tls,
    @Default("[]") List<String> gateways,
    @Default("[/v1/]") List<String> paths,
    @Default("infer") String scope,
    @Default("[]") List<String> serviceNames,
    @Default("30s") Duration proofWindow,
    @Default("1024") int connectionsMax,
    @Default("16384") int headerBytesMax,
    @Default("33554432") long bodyBytesMax,
    @Default("10s") Duration headTimeout,
    @Default("60s") Duration bodyTimeout,
    @Default("120s") Duration idleTimeout,
    @Default("1s") Duration drainLead) {
  public GuardConfig {
    gateways = List.copyOf(gateways);
    paths = List.copyOf(paths);
    serviceNames = List.copyOf(serviceNames);
    Check.range("port", port, 0, 65_535);
    Check.range("proof-window", proofWindow, Duration.ofSeconds(1), Duration.ofMinutes(5));
    Check.range("connections-max", connectionsMax, 1, 100_000);
    Check.range("header-bytes-max", headerBytesMax, 1_024, 65_536);
    Check.range("body-bytes-max", bodyBytesMax, 1, 1L << 30);
    Check.range("head-timeout", headTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    Check.range("body-timeout", bodyTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
    Check.range("idle-timeout", idleTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    Check.range("drain-lead", drainLead, Duration.ZERO, Duration.ofSeconds(10));
  }

  /** Cleartext with the default limits. */
  public static GuardConfig cleartext(String host, int port, List<String> gateways) {
    return new GuardConfig(
        host,
        port,
        null,
        gateways,
        List.of("/v1/"),
        "infer",
        List.of(),
        Duration.ofSeconds(30),
        1_024,
        16_384,
        32L << 20,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120),
        Duration.ofSeconds(1));
  }
}
