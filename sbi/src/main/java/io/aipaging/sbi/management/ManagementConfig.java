package io.aipaging.sbi.management;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;
import java.time.Duration;

/**
 * Where health and metrics are served: never on the service-based interface's port.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 * @param leavesAfter how long a function that is told to end goes on serving while it already says
 *     that it is not ready, so that whoever sends requests has heard of it
 */
public record ManagementConfig(
    @Default("127.0.0.1") String host,
    @Default("0") int port,
    @Default("0s") Duration leavesAfter) {
  public ManagementConfig {
    Check.range("port", port, 0, 65_535);
    Check.range("leaves-after", leavesAfter, Duration.ZERO, Duration.ofMinutes(5));
  }

  /** Of a function that ends at once. */
  public ManagementConfig(String host, int port) {
    this(host, port, Duration.ZERO);
  }
}
