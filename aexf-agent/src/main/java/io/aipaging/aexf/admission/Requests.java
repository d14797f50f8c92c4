package io.aipaging.aexf.admission;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns members of requests into values; what the OpenAPI file checks is checked in-process too.
 */
final class Requests {
  private static final int TTL_MS_MIN = 100;
  private static final int TTL_MS_MAX = 60_000;

  private Requests() {}

  static LeaseId leaseId(String value) {
    return read("/leaseId", () -> new LeaseId(value));
  }

  static SessionId sessionId(String value) {
    return read("/sessionId", () -> new SessionId(value));
  }

  static Aisi aisi(String value) {
    return read("/aisi", () -> Aisi.parse(value));
  }

  static Duration ttl(int ttlMs) {
    if (ttlMs < TTL_MS_MIN || ttlMs > TTL_MS_MAX) {
      throw incorrect("/ttlMs", "must be " + TTL_MS_MIN + " to " + TTL_MS_MAX);
    }
    return Duration.ofMillis(ttlMs);
  }

  /** The lease the page before ended with; null begins. */
  static @Nullable LeaseId pageToken(@Nullable String token) {
    try {
      return token == null ? null : new LeaseId(token);
    } catch (IllegalArgumentException e) {
      throw incorrectQuery("pageToken", "not from a previous answer");
    }
  }

  static Refusal incorrectQuery(String parameter, String reason) {
    return Refusal.of(400, "OPTIONAL_QUERY_PARAM_INCORRECT", "a query parameter is not usable")
        .with(List.of(new InvalidParam("query " + parameter, reason)));
  }

  static void sameSession(SessionId admitted, SessionId ordered) {
    if (!admitted.equals(ordered)) {
      throw Refusals.commitRejected("the lease is of another session");
    }
  }

  private static <T> T read(String pointer, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw incorrect(pointer, String.valueOf(e.getMessage()));
    }
  }

  private static Refusal incorrect(String pointer, String reason) {
    return Refusal.of(400, "MANDATORY_IE_INCORRECT", "a member is not usable")
        .with(List.of(new InvalidParam(pointer, reason)));
  }
}
