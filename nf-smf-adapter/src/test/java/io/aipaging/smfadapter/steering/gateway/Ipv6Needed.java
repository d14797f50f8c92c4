package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Assumptions;

/** Skips a test, with the reason, where the loopback device has no IPv6. */
final class Ipv6Needed {
  private Ipv6Needed() {}

  static void orSkip() {
    try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      // There it is.
    } catch (IOException e) {
      if ("1".equals(System.getenv("AIPAGING_REQUIRE_ALL"))) {
        fail("AIPAGING_REQUIRE_ALL=1, but there is no IPv6: " + e.getMessage());
      }
      Assumptions.abort("no IPv6: " + e.getMessage());
    }
  }
}
