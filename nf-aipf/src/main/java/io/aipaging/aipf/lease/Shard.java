package io.aipaging.aipf.lease;

import io.aipaging.protocol.SessionId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One of the parts into which sessions are divided among replicas.
 *
 * @param number 0 to {@link #COUNT} - 1
 */
public record Shard(int number) implements Comparable<Shard> {
  /** How many there are; part of the stores' format. */
  public static final int COUNT = 64;

  public Shard {
    if (number < 0 || number >= COUNT) {
      throw new IllegalArgumentException("shard must be 0 to " + (COUNT - 1));
    }
  }

  /** The shard a session is in, for ever. */
  public static Shard of(SessionId session) {
    return new Shard(Math.floorMod(session.value().hashCode(), COUNT));
  }

  /** Every shard. */
  public static SortedSet<Shard> all() {
    SortedSet<Shard> all = new TreeSet<>();
    for (int number = 0; number < COUNT; number++) {
      all.add(new Shard(number));
    }
    return Collections.unmodifiableSortedSet(all);
  }

  @Override
  public int compareTo(Shard other) {
    return Integer.compare(number, other.number);
  }
}
