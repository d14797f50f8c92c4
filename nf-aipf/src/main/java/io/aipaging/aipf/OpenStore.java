package io.aipaging.aipf;

import io.aipaging.aipf.keys.KeyLedger;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.protocol.SessionId;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store at work, and this process among those that share it.
 *
 * @param sessions sessions
 * @param ownership this process among those that share them
 * @param keys opens the ledger of the keys of all that share them
 * @param news tells what others do to sessions of this process
 * @param available whether it takes appends
 * @param closed closes it
 */
record OpenStore(
    LeaseStore sessions,
    Ownership ownership,
    Supplier<KeyLedger> keys,
    News news,
    BooleanSupplier available,
    Runnable closed)
    implements AutoCloseable {
  /** What other processes do to sessions this one looks after. */
  @FunctionalInterface
  interface News {
    /**
     * Tells it until the returned action is run.
     *
     * @param moved told of a session; may block
     * @param everything when nobody can say which; must return at once
     */
    Runnable tell(Consumer<SessionId> moved, Runnable everything);
  }

  /** A store that no other process uses. */
  static OpenStore alone(
      LeaseStore sessions, Supplier<KeyLedger> keys, BooleanSupplier available, Runnable closed) {
    return new OpenStore(
        sessions,
        Ownership.sole(Ids.random().next()),
        keys,
        (moved, everything) -> () -> {},
        available,
        closed);
  }

  /** Whether it takes appends. */
  boolean usable() {
    return available.getAsBoolean();
  }

  @Override
  public void close() {
    closed.run();
  }
}
