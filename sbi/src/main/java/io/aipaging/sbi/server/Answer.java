package io.aipaging.sbi.server;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.wire.Bytes;
import io.aipaging.sbi.wire.Problems;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the peer.
 *
 * @param status HTTP status
 * @param headers header values by name
 * @param body bytes, possibly none
 * @param cause of a refusal, for the log; empty for a success
 */
record Answer(int status, Map<String, String> headers, Bytes body, String cause) {
  private static final Duration RETRY_AFTER_MIN = Duration.ofSeconds(1);

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(Refusal refusal) {
    return of(refusal, Map.of());
  }

  static Answer of(Refusal refusal, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", Problems.MEDIA_TYPE);
    Duration delay = refusal.retryAfter();
    if (delay != null) {
      Duration shown = delay.compareTo(RETRY_AFTER_MIN) < 0 ? RETRY_AFTER_MIN : delay;
      all.put("Retry-After", Long.toString(shown.plusMillis(999).toSeconds()));
    }
    return new Answer(
        refusal.status(), all, Bytes.of(Problems.render(refusal)), refusal.problemCause());
  }

  /**
   * Whether another attempt may fare better: it says nothing about the request itself, or it says
   * that something is in the way now. What is in the way is known to whoever serves, here and
   * elsewhere; kept here, it would hide what the same key has led to at another replica.
   */
  boolean passing() {
    return status >= 500 || status == 429 || status == 408 || status == 409;
  }
}
