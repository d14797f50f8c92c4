package io.aipaging.sbi.server;

import io.aipaging.sbi.wire.OverloadControl;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much a server turns away, which it tells whoever it turns away (TS 29.500 §6.4.3): if they
 * send so much less, the rest finds a place. Counted in windows of a few seconds. Thread-safe.
 */
final class Overload {
  static final Duration WINDOW = Duration.ofSeconds(5);
  private static final int PERCENT = 100;
  private final String nfInstanceId;
  private final ReentrantLock lock = new ReentrantLock();
  private Instant since = Instant.EPOCH;
  private long taken;
  private long refused;

  Overload(UUID nfInstanceId) {
    this.nfInstanceId = nfInstanceId.toString();
  }

  /** A request has found a place. */
  void taken(Instant now) {
    lock.lock();
    try {
      turn(now);
      taken++;
    } finally {
      lock.unlock();
    }
  }

  /** A request has found none; what to tell whoever sent it. */
  String refused(Instant now) {
    lock.lock();
    try {
      turn(now);
      refused++;
      long all = taken + refused;
      int percent = (int) ((refused * PERCENT + all - 1) / all);
      return new OverloadControl(now, WINDOW, percent).render(nfInstanceId);
    } finally {
      lock.unlock();
    }
  }

  private void turn(Instant now) {
    if (!now.isBefore(since.plus(WINDOW)) || now.isBefore(since)) {
      since = now;
      taken = 0;
      refused = 0;
    }
  }
}
