package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.ServiceEndpoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
  private static final ServiceEndpoint SERVICE = ServiceEndpoint.of("203.0.113.10", "TCP", 8443);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void everyBoundIsChecked() {
    assertRefused("services", List.of(), 1, 1, 512, SECOND);
    assertRefused("repeated", List.of(SERVICE, SERVICE), 1, 1, 512, SECOND);
    assertRefused("connections-max", List.of(SERVICE), 0, 1, 512, SECOND);
    assertRefused("per-ue-max", List.of(SERVICE), 1, 0, 512, SECOND);
    assertRefused("buffer-bytes", List.of(SERVICE), 1, 1, 511, SECOND);
    assertRefused("connect-timeout", List.of(SERVICE), 1, 1, 512, Duration.ofNanos(1));
    assertRefused("connect-timeout", List.of(SERVICE), 1, 1, 512, Duration.ofDays(30));
  }

  private static void assertRefused(
      String what,
      List<ServiceEndpoint> services,
      int connections,
      int perUe,
      int buffer,
      Duration timeout) {
    assertThatThrownBy(
            () -> new GatewayConfig(services, connections, 8, perUe, buffer, timeout, SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what);
  }
}
