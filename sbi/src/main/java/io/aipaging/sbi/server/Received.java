package io.aipaging.sbi.server;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.wire.SbiHeaders;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A routed and authenticated request.
 *
 * @param exchange the HTTP exchange
 * @param variables decoded path variables
 * @param consumer subject of the access token; null on a public route
 * @param headers SBI headers
 * @param deadline when the peer stops waiting
 */
record Received(
    Exchange exchange,
    Map<String, String> variables,
    @Nullable String consumer,
    SbiHeaders headers,
    Instant deadline) {
  /** The subject of the token. */
  String authenticatedConsumer() {
    if (consumer == null) {
      throw new IllegalStateException("the route is public");
    }
    return consumer;
  }

  static Refusal late() {
    return Refusal.of(504, "TIMED_OUT_REQUEST", "The request came or ended too late.");
  }
}
