package io.aipaging.aipf.upkeep;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Shard;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the unfinished sessions of shards that have to be looked after from now on. */
final class Adoption {
  private static final int AT_ONCE = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);
  private final LeaseStore store;
  private final SessionKeeper.Surroundings surroundings;
  private final Consumer<Session> adopter;

  /**
   * An adoption.
   *
   * @param adopter gets every session that is found; must return soon
   */
  Adoption(LeaseStore store, SessionKeeper.Surroundings surroundings, Consumer<Session> adopter) {
    this.store = store;
    this.surroundings = surroundings;
    this.adopter = adopter;
  }

  /** Beside the caller, and again until the store could be read. */
  void aside(Set<Shard> shards) {
    var _ = surroundings.strands().start(() -> patiently(shards));
  }

  /** Until the store could be read, or the shards are somebody else's. */
  private boolean patiently(Set<Shard> shards) {
    Duration wait = Failures.BACKOFF;
    while (!Thread.currentThread().isInterrupted()
        && surroundings.ownership().owned().containsAll(shards)) {
      try {
        now(shards);
        return true;
      } catch (RuntimeException e) {
        LOG.atWarn().addKeyValue("shards", shards.size()).setCause(e).log("adoption failed");
      }
      surroundings.strands().pause(wait);
      Duration longer = wait.multipliedBy(2);
      wait = longer.compareTo(Failures.BACKOFF_MAX) > 0 ? Failures.BACKOFF_MAX : longer;
    }
    return false;
  }

  /** Every unfinished session of {@code shards}. */
  void now(Set<Shard> shards) {
    if (shards.isEmpty()) {
      return;
    }
    String token = null;
    do {
      var page = store.list(SessionQuery.unfinished(shards), AT_ONCE, token);
      page.sessions().forEach(adopter);
      token = page.nextToken();
    } while (token != null);
  }
}
