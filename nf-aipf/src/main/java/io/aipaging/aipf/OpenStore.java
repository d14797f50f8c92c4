package io.aipaging.aipf;

import io.aipaging.aipf.keys.KeyRegistry;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A store at work, and this process among those that share it.
 *
 * @param sessions sessions
 * @param ownership this process among those that share them
 * @param keys the keys of all that share them, given the own ones
 * @param news tells what others do to sessions of this process
 * @param available whether it takes appends
 * @param closed closes it
 */
record OpenStore(
    LeaseStore sessions,
    Ownership ownership,
    Function<SigningKeys, KeyRegistry> keys,
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
  static OpenStore alone(LeaseStore sessions, BooleanSupplier available, Runnable closed) {
    return new OpenStore(
        sessions,
        Ownership.sole(Ids.random().next()),
        KeyRegistry::own,
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
