package io.aipaging.pcfadapter.qosbinding.n5;

import io.aipaging.sbi.client.RawClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a peer that is overloaded is not asked for more (TS 29.500 §6.4: 429 and 503, with
 * {@code Retry-After}). What takes load off it, such as a delete, is sent all the same.
 */
final class Forbearance {
  /** Where an overloaded peer names no time. */
  private static final Duration UNNAMED = Duration.ofSeconds(1);

  /** Nobody makes us wait longer by what it says. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final AtomicLong until;

  Forbearance(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.until = new AtomicLong(nanoTime.getAsLong());
  }

  /** Whether it is still to be left alone. */
  boolean holds() {
    return until.get() - nanoTime.getAsLong() > 0;
  }

  /** Looks whether an answer asks for it. */
  void heed(RawClient.Reply reply) {
    if (reply.status() == 429 || reply.status() == 503) {
      Duration named = retryAfter(reply);
      Duration time = named == null ? UNNAMED : named;
      Duration bounded = time.compareTo(LONGEST) < 0 ? time : LONGEST;
      until.set(nanoTime.getAsLong() + bounded.toNanos());
    }
  }

  /** {@code Retry-After} in seconds (RFC 9110 §10.2.3); a date is not understood. */
  static @Nullable Duration retryAfter(RawClient.Reply reply) {
    String value = reply.header("Retry-After");
    return value != null && value.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(value))
        : null;
  }
}
