package io.aipaging.bench.lease;

import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets an AIPF renew leases by itself, as at their half-life: the alarm rings, the keeper reads the
 * row, the procedure signs and writes, gate and anchor get the COMMIT. Each lease has its turn
 * before any has a second one; then time is put forward, so that all are due again.
 */
final class Renewals {
  /** From one half-life to after the next, and well before the end of a lease of an hour. */
  private static final Duration UNTIL_DUE = Duration.ofMinutes(40);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Unlike any divisor of the numbers of leases used here: visits all of them, far apart. */
  private static final long STRIDE = 7_368_787;

  private final LiveAipf aipf;
  private final BenchClock clock;
  private final long leases;
  private final int atOnce;
  private final Semaphore places;
  private long turn;

  Renewals(LiveAipf aipf, WillingPeers peers, BenchClock clock, Turns turns) {
    this.aipf = aipf;
    this.clock = clock;
    this.leases = turns.leases();
    this.atOnce = turns.atOnce();
    this.places = new Semaphore(atOnce);
    peers.onAdmitted(places::release);
  }

  /**
   * Whose turn it is.
   *
   * @param leases sessions 0 to so many - 1
   * @param atOnce renewals under way at the same time
   */
  record Turns(long leases, int atOnce) {}

  /** Renews the next {@code count} leases. */
  Cost renew(int count) {
    takePlace(atOnce); // pages have given places of their own
    places.drainPermits();
    places.release(atOnce);
    SessionId[] next = new SessionId[count];
    for (int i = 0; i < count; i++) {
      next[i] = Seeds.id((turn + i) % leases * STRIDE % leases);
    }
    return Cost.of(
        () -> {
          for (SessionId session : next) {
            if (turn++ % leases == 0) {
              takePlace(atOnce);
              places.release(atOnce);
              clock.forward(UNTIL_DUE);
            }
            takePlace(1);
            aipf.ring(session);
          }
          takePlace(atOnce);
          places.release(atOnce);
          return count;
        });
  }

  private void takePlace(int count) {
    try {
      if (!places.tryAcquire(count, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("a lease was not renewed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
