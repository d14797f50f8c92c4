package io.aipaging.pcfadapter.qosbinding.n5;

import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.wire.OverloadControl;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a peer that is overloaded is not asked for more (TS 29.500 §6.4: 429 and 503, with
 * {@code Retry-After}), and how much less it is asked meanwhile (§6.4.3, {@code 3gpp-Sbi-Oci}, in
 * whatever it answers). What takes load off it, such as a delete, is sent all the same.
 */
final class Forbearance {
  /** Where an overloaded peer names no time. */
  private static final Duration UNNAMED = Duration.ofSeconds(1);

  /** Nobody makes us wait longer by what it says. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final int PERCENT = 100;

  private final LongSupplier nanoTime;
  private final IntUnaryOperator random;
  private final AtomicLong until;
  private final AtomicReference<Reduction> reduction;

  /** So much less until then. */
  private record Reduction(int percent, long untilNanos) {}

  /**
   * Nothing was heard yet.
   *
   * @param random a number from 0 to below its argument
   */
  Forbearance(LongSupplier nanoTime, IntUnaryOperator random) {
    this.nanoTime = nanoTime;
    this.random = random;
    this.until = new AtomicLong(nanoTime.getAsLong());
    this.reduction = new AtomicReference<>(new Reduction(0, nanoTime.getAsLong()));
  }

  /** Whether it is to be left alone, this time. */
  boolean holds() {
    long now = nanoTime.getAsLong();
    Reduction less = reduction.get();
    return until.get() - now > 0
        || (less.untilNanos() - now > 0 && random.applyAsInt(PERCENT) < less.percent());
  }

  /** Looks whether an answer asks for it. */
  void heed(RawClient.Reply reply) {
    if (reply.status() == 429 || reply.status() == 503) {
      Duration named = retryAfter(reply);
      Duration time = named == null ? UNNAMED : named;
      Duration bounded = time.compareTo(LONGEST) < 0 ? time : LONGEST;
      until.set(nanoTime.getAsLong() + bounded.toNanos());
    }
    String said = reply.header(OverloadControl.HEADER);
    if (said != null) {
      OverloadControl.parse(said).ifPresent(this::heed);
    }
  }

  /** Counted from when it is heard: clocks may differ. */
  private void heed(OverloadControl control) {
    Duration validity = control.validity();
    Duration bounded = validity.compareTo(LONGEST) < 0 ? validity : LONGEST;
    reduction.set(
        new Reduction(control.reductionPercent(), nanoTime.getAsLong() + bounded.toNanos()));
  }

  /** {@code Retry-After} in seconds (RFC 9110 §10.2.3); a date is not understood. */
  static @Nullable Duration retryAfter(RawClient.Reply reply) {
    String value = reply.header("Retry-After");
    return value != null && value.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(value))
        : null;
  }
}
