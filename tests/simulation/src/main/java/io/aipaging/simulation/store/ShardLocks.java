package io.aipaging.simulation.store;

import io.aipaging.aipf.lease.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Locks that the database keeps for whoever is connected to it: one per shard, held until its
 * holder lets go or its connection is seen to be dead.
 */
final class ShardLocks {
  private static final long DEAD_AFTER = Duration.ofMillis(1_500).toNanos();
  private static final Set<Shard> ALL = Shard.all();
  private final Map<String, Long> seen = new TreeMap<>();
  private final Map<Shard, String> holders = new TreeMap<>();
  private final Map<String, Set<Shard>> unchanged = new HashMap<>();
  private Set<String> runners = Set.of();

  /** Who is connected. */
  Set<String> runners() {
    return runners;
  }

  /**
   * A runner shows up: it lets go of what is more than its share and gets what is free of it.
   *
   * @return what it holds from now on; the same object while nothing changes
   */
  Set<Shard> visit(String runner, long now) {
    for (String other : List.copyOf(seen.keySet())) {
      Long last = seen.get(other);
      if (last != null && now - last > DEAD_AFTER && !other.equals(runner)) {
        gone(other);
      }
    }
    if (seen.put(runner, now) == null) {
      changed();
    }
    Set<Shard> held = unchanged.get(runner);
    if (held == null) {
      held = share(runner);
      unchanged.put(runner, held);
    }
    return held;
  }

  private Set<Shard> share(String runner) {
    List<String> all = new ArrayList<>(seen.keySet());
    Set<Shard> held = new TreeSet<>();
    boolean released = false;
    for (Shard shard : ALL) {
      boolean due = all.get(shard.number() % all.size()).equals(runner);
      @Nullable String holder = holders.get(shard);
      if (due && (holder == null || holder.equals(runner))) {
        holders.put(shard, runner);
        held.add(shard);
      } else if (runner.equals(holder)) {
        holders.remove(shard);
        released = true;
      }
    }
    if (released) {
      unchanged.clear();
    }
    return Collections.unmodifiableSet(held);
  }

  /** A runner's connection ended. */
  void gone(String runner) {
    if (seen.remove(runner) != null) {
      holders.values().removeIf(runner::equals);
      changed();
    }
  }

  /** The database died: everybody's connection ended. */
  void clear() {
    seen.clear();
    holders.clear();
    changed();
  }

  private void changed() {
    unchanged.clear();
    runners = Collections.unmodifiableSet(new TreeSet<>(seen.keySet()));
  }
}
