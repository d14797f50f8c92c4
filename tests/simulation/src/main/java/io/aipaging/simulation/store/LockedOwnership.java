package io.aipaging.simulation.store;

import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.RunnerRoster;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.protocol.SessionId;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.NodeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Ownership by the database's locks, as one life of a replica believes it. */
public final class LockedOwnership implements Ownership {
  private static final long VISIT_EVERY = Duration.ofMillis(400).toNanos();
  private static final long SURE_FOR = Duration.ofSeconds(1).toNanos();
  private static final Set<Shard> NOTHING = Set.of();
  private final StoreServer server;
  private final Life life;
  private final NodeClock clock;
  private final String runner;
  private final List<Listener> listeners = new ArrayList<>();
  private Set<Shard> held = NOTHING;
  private final RunnerRoster roster = new RunnerRoster();
  private long visitedAt;
  private boolean missed;

  /** Ownership of {@code life}, which owns nothing yet. */
  public LockedOwnership(StoreServer server, Life life, String runner) {
    this.server = server;
    this.life = life;
    this.clock = life.node().clock();
    this.runner = runner;
    life.atEnd(() -> server.timeline().after(VISIT_EVERY, null, () -> server.locks().gone(runner)));
  }

  /** From now on {@code look} hears of sessions that other replicas have moved. */
  public void hear(Consumer<SessionId> look) {
    server.subscribe(life, id -> quietly(look, id), () -> missed = true);
  }

  /** What cannot be looked at now is looked at when the connection is back. */
  private void quietly(Consumer<SessionId> look, SessionId id) {
    try {
      look.accept(id);
    } catch (StoreUnavailable e) {
      missed = true;
    }
  }

  /** Visits the database over and over; never returns. */
  public void keepVisiting() {
    while (true) {
      visit();
      server.timeline().sleep(VISIT_EVERY);
    }
  }

  /** Visits the database once. */
  public void visit() {
    long asked = clock.nanos();
    boolean reached =
        server.node().isUp()
            && !server.node().isFrozen()
            && server.network.passes(life.node(), server.node());
    if (!reached) {
      return;
    }
    Set<Shard> before = owned(asked);
    held = server.locks().visit(runner, server.timeline().now());
    roster.asking();
    boolean someGone = roster.heard(server.locks().runners());
    visitedAt = asked;
    if (!missed && held.equals(before) && !someGone) {
      return;
    }
    TreeSet<Shard> gained = new TreeSet<>(held);
    if (!missed) {
      gained.removeAll(before);
    }
    missed = false;
    if (!gained.isEmpty()) {
      listeners.forEach(listener -> listener.gained(gained));
    }
    if (someGone) {
      listeners.forEach(Listener::runnerGone);
    }
  }

  @Override
  public String runner() {
    return runner;
  }

  @Override
  public boolean alive(String other) {
    return other.equals(runner) || roster.alive(other);
  }

  @Override
  public Set<Shard> owned() {
    return owned(clock.nanos());
  }

  private Set<Shard> owned(long now) {
    return sure(now) ? held : NOTHING;
  }

  private boolean sure(long now) {
    return visitedAt != 0 && now - visitedAt <= SURE_FOR;
  }

  @Override
  public boolean owns(Session session) {
    return sure(clock.nanos()) && held.contains(Shard.of(session.id()));
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }
}
