package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.StoreUnavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What appends under way have for themselves: from reading a session until its next state is
 * durable, nobody else reads it to write it. A claim is not a thread's, so whoever finishes the
 * write gives it back. Claims of one append are taken in the families' order, each family once, so
 * that no two appends wait for each other.
 */
final class Claims {
  private final ConcurrentMap<Name, Turn> turns = new ConcurrentHashMap<>();
  private final Duration atMost;

  /**
   * No claims.
   *
   * @param atMost longest wait for one
   */
  Claims(Duration atMost) {
    this.atMost = atMost;
  }

  private record Name(Family family, ByteBuffer key) {}

  private record Turn(Semaphore free, int users) {}

  /** Nothing yet. */
  Claim none() {
    return new Claim();
  }

  /** How many there are, held or waited for. */
  int size() {
    return turns.size();
  }

  /** What one append has. */
  final class Claim {
    private final List<Name> held = new ArrayList<>(3);

    private Claim() {}

    /** Waits for {@code key} of {@code family} and takes it. */
    void take(Family family, byte[] key) {
      Name name = new Name(family, ByteBuffer.wrap(key));
      Turn turn =
          turns.merge(
              name,
              new Turn(new Semaphore(1), 1),
              (there, more) -> new Turn(there.free, there.users + 1));
      boolean taken = false;
      try {
        taken = turn.free.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        if (!taken) {
          leave(name);
        }
      }
      if (!taken) {
        throw new StoreUnavailable("another write of the same session does not end");
      }
      held.add(name);
    }

    /** Gives back everything; may be called again. */
    void release() {
      for (Name name : held) {
        Turn turn = turns.get(name);
        if (turn != null) {
          turn.free.release();
        }
        leave(name);
      }
      held.clear();
    }

    private void leave(Name name) {
      turns.computeIfPresent(
          name, (same, turn) -> turn.users == 1 ? null : new Turn(turn.free, turn.users - 1));
    }
  }
}
