package io.aipaging.openapi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What travels with every call of a contract, in-process or over HTTP/2.
 *
 * @param consumer the authenticated caller: subject of its access token (NF instance id or AF id)
 * @param deadline when the caller stops waiting ({@code 3gpp-Sbi-Sender-Timestamp} plus {@code
 *     3gpp-Sbi-Max-Rsp-Time}, TS 29.500 §6.11); work not finished by then is undone
 * @param idempotencyKey {@code 3gpp-Sbi-Request-Info: idempotency-key} (TS 29.500 §5.2.8), at most
 *     128 characters; null when the caller sent none
 * @param sentAt when the caller sent it, by the caller's own clock ({@code
 *     3gpp-Sbi-Sender-Timestamp}); null when it did not say, and in-process
 * @param priority {@code 3gpp-Sbi-Message-Priority} to send, 0 (highest) to 31; null sends none
 */
public record Call(
    String consumer,
    Instant deadline,
    @Nullable String idempotencyKey,
    @Nullable Instant sentAt,
    @Nullable Integer priority) {
  /** Of what ends, moves or keeps up a session: it is not turned away before new sessions are. */
  public static final int IMPORTANT = 8;

  private static final int PRIORITY_MAX = 31;
  private static final int KEY_CHARACTERS_MAX = 128;

  public Call {
    if (consumer.isEmpty()) {
      throw new IllegalArgumentException("consumer must not be empty");
    }
    if (idempotencyKey != null
        && (idempotencyKey.isEmpty() || idempotencyKey.length() > KEY_CHARACTERS_MAX)) {
      throw new IllegalArgumentException("idempotency key must have 1 to 128 characters");
    }
    if (priority != null && (priority < 0 || priority > PRIORITY_MAX)) {
      throw new IllegalArgumentException("priority must be 0 to 31");
    }
  }

  /** A call that does not say when it was sent. */
  public Call(String consumer, Instant deadline, @Nullable String idempotencyKey) {
    this(consumer, deadline, idempotencyKey, null);
  }

  /** A call without priority of its own. */
  public Call(
      String consumer,
      Instant deadline,
      @Nullable String idempotencyKey,
      @Nullable Instant sentAt) {
    this(consumer, deadline, idempotencyKey, sentAt, null);
  }

  /** A call without idempotency key that ends at {@code now + time}. */
  public static Call within(String consumer, Instant now, Duration time) {
    return new Call(consumer, now.plus(time), null);
  }

  /** The same call passed on in the name of {@code consumer}, whose clock is another one. */
  public Call as(String consumer) {
    return new Call(consumer, deadline, idempotencyKey);
  }

  /** The same call carrying {@code key}. */
  public Call withIdempotencyKey(@Nullable String key) {
    return new Call(consumer, deadline, key, sentAt, priority);
  }

  /** The same call of a priority of its own, 0 (highest) to 31. */
  public Call withPriority(int of31) {
    return new Call(consumer, deadline, idempotencyKey, sentAt, of31);
  }

  /** Time left at {@code now}; zero when the deadline has passed. */
  public Duration remaining(Instant now) {
    Duration left = Duration.between(now, deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
