package io.aipaging.aexf.guard.http;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;
import java.time.Duration;

/**
 * The model server behind the guard.
 *
 * @param host where it listens, out of reach of UEs
 * @param port its port
 * @param healthPath answers 200 while it can serve
 * @param healthInterval time between health checks
 * @param connectTimeout longest wait for a connection
 * @param answerTimeout longest silence of the model server within one request
 * @param connectionsMax connections to it; as many requests again may wait for one
 */
public record ModelConfig(
    @Default("127.0.0.1") String host,
    int port,
    @Default("/health") String healthPath,
    @Default("2s") Duration healthInterval,
    @Default("1s") Duration connectTimeout,
    @Default("120s") Duration answerTimeout,
    @Default("64") int connectionsMax) {
  public ModelConfig {
    Check.range("port", port, 1, 65_535);
    Check.range("health-interval", healthInterval, Duration.ofMillis(50), Duration.ofMinutes(1));
    Check.range("connect-timeout", connectTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
    Check.range("answer-timeout", answerTimeout, Duration.ofMillis(100), Duration.ofHours(1));
    Check.range("connections-max", connectionsMax, 1, 10_000);
    if (!healthPath.startsWith("/")) {
      throw new IllegalArgumentException("health-path must begin with a slash");
    }
  }

  /** With the default limits. */
  public static ModelConfig at(String host, int port) {
    return new ModelConfig(
        host,
        port,
        "/health",
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofSeconds(120),
        64);
  }
}
