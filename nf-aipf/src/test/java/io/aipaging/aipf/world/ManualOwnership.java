package io.aipaging.aipf.world;

import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.protocol.SessionId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Shards that are taken away and given back when a test says so; all of them to begin with. */
public final class ManualOwnership implements Ownership {
  private final String runner;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Set<Shard> owned = Shard.all();

  ManualOwnership(String runner) {
    this.runner = runner;
  }

  /** Another replica looks after that session's shard from now on. */
  public void lose(SessionId session) {
    Set<Shard> left = new HashSet<>(owned);
    left.remove(Shard.of(session));
    owned = Set.copyOf(left);
  }

  /** This process looks after that session's shard again, and is told. */
  public void gain(SessionId session) {
    Set<Shard> more = new HashSet<>(owned);
    more.add(Shard.of(session));
    owned = Set.copyOf(more);
    listeners.forEach(listener -> listener.gained(Set.of(Shard.of(session))));
  }

  @Override
  public String runner() {
    return runner;
  }

  @Override
  public boolean alive(String other) {
    return other.equals(runner);
  }

  @Override
  public Set<Shard> owned() {
    return owned;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }
}
