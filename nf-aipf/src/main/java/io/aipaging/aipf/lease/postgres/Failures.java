package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.StoreUnavailable;
import io.vertx.pgclient.PgException;
import java.util.Set;

/**
 * What a failure of the database means. A server's messages may repeat what is in a row, so only
 * its code is passed on.
 */
final class Failures {
  /** Connection, resources, intervention, system, and a transaction that may be repeated. */
  private static final Set<String> CLASSES = Set.of("08", "28", "40", "53", "57", "58");

  /** Read-only, and a lock that was not to be had in time. */
  private static final Set<String> STATES = Set.of("25006", "55P03", "3D000");

  private Failures() {}

  static RuntimeException of(Throwable failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new StoreUnavailable("interrupted while waiting for the database");
    }
    if (failure instanceof PgException refused) {
      String state = String.valueOf(refused.getSqlState());
      boolean passing =
          STATES.contains(state)
              || CLASSES.contains(state.substring(0, Math.min(2, state.length())));
      return passing
          ? new StoreUnavailable("the database refused with SQLSTATE " + state)
          : new Rejected(state);
    }
    return failure instanceof StoreUnavailable known
        ? known
        : new StoreUnavailable("the database cannot be reached", failure);
  }

  /** The database understood and will not: a mistake of ours, or of who set it up. */
  static final class Rejected extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Rejected(String state) {
      super("the database rejected a statement with SQLSTATE " + state);
    }
  }
}
