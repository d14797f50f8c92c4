package io.aipaging.sbi.management;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;

/**
 * Where health and metrics are served: never on the service-based interface's port.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 */
public record ManagementConfig(@Default("127.0.0.1") String host, @Default("0") int port) {
  public ManagementConfig {
    Check.range("port", port, 0, 65_535);
  }
}
