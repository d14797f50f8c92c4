package io.aipaging.simulation.store;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.SessionId;
import io.aipaging.simulation.engine.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The database as one life of a replica reaches it. */
public final class StoreClient implements LeaseStore {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long PATIENCE = 2_000 * MILLI;
  private static final double SLOW = 0.01;
  private final StoreServer server;
  private final Life life;

  /** The server for {@code life}. */
  public StoreClient(StoreServer server, Life life) {
    this.server = server;
    this.life = life;
  }

  @Override
  public AppendResult append(Transition transition) {
    return ask("store.append", true, () -> server.commit(life, transition));
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return ask("store.find", false, () -> server.rows().find(id));
  }

  @Override
  public Optional<Session> findByKey(String consumer, String key) {
    return ask("store.find", false, () -> server.rows().findByKey(consumer, key));
  }

  @Override
  public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    return ask("store.list", false, () -> server.rows().list(query, limit, token));
  }

  @Override
  public List<String> evidence(SessionId id, long fromSeq, int limit) {
    return ask("store.list", false, () -> server.rows().evidence(id, fromSeq, limit));
  }

  @Override
  public Optional<Session> awaitChange(SessionId id, long version, Duration atMost) {
    long end = life.node().clock().nanos() + atMost.toNanos();
    while (true) {
      Optional<Session> now = find(id);
      long left = end - life.node().clock().nanos();
      if (left <= 0 || now.isEmpty() || now.get().version() != version) {
        return now;
      }
      server.awaitChange(id, left);
    }
  }

  @Override
  public int compact(Instant now) {
    return ask("store.compact", true, () -> server.rows().compact(now));
  }

  /** There, the work, and back; each may fail, and only the work is ever certain. */
  private <T> T ask(String point, boolean synced, Supplier<T> work) {
    server.effects.pass(point, delay(synced ? 2_000 * MICRO : 300 * MICRO));
    long epoch = server.epoch();
    if (synced) {
      stallIfFrozen(work);
      reach();
      server.effects.pass(point + ".sync", delay(4_000 * MICRO));
    }
    if (epoch != server.epoch()) {
      throw new StoreUnavailable("simulated");
    }
    reach();
    T result = work.get();
    if (synced) {
      server.effects.pass(point + ".done", delay(1_000 * MICRO));
      if (epoch != server.epoch()) {
        throw new StoreUnavailable("simulated");
      }
      reach();
    }
    return result;
  }

  /** A stopped server gets round to it when it goes on, and nobody waits for it any more. */
  private void stallIfFrozen(Supplier<?> work) {
    boolean queued = server.node().isFrozen() && server.network.passes(life.node(), server.node());
    if (queued && server.chance.hit(0.5)) {
      server
          .timeline()
          .after(
              0,
              server.node().life(),
              () -> {
                var _ = work.get();
              });
    }
  }

  private long delay(long usual) {
    return server.chance.hit(SLOW)
        ? server.chance.between(10 * MILLI, 400 * MILLI)
        : server.chance.between(20 * MICRO, usual);
  }

  private void reach() {
    boolean up = server.node().isUp();
    if (!up || server.node().isFrozen() || !server.network.passes(life.node(), server.node())) {
      server.timeline().sleep(up ? PATIENCE : MILLI);
      throw new StoreUnavailable("simulated");
    }
  }
}
