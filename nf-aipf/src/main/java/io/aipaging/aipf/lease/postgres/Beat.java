package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Shard;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the database answers to a replica's heartbeat.
 *
 * @param present replicas that are connected, this one included
 * @param alive runs that are at work; null when nobody can tell yet
 * @param gained shards that are this replica's now
 */
record Beat(int present, @Nullable Set<String> alive, Set<Shard> gained) {
  /** A run that was not heard for so long is over; its shards are given away. */
  static final Duration DEAD_AFTER = Duration.ofMillis(1_500);

  private static final String SQL =
      "SELECT present, alive, gained FROM beat($1, $2, $3, $4, $5, $6,"
          + " make_interval(secs => $7::bigint / 1000.0))";

  /** Ours among all advisory locks of the database that have a class. */
  static final int LOCK_CLASS = 0x6169_7061;

  /**
   * Whose heart beats.
   *
   * @param runner this run
   * @param name of the NF instance, for people
   */
  record Heart(String runner, String name) {}

  /** Beats over {@code link}, which holds {@code held} and gives {@code givenUp} of it back. */
  static Beat on(Link link, Heart heart, Set<Shard> held, Set<Shard> givenUp) {
    Tuple arguments =
        Tuple.of(heart.runner(), heart.name(), numbers(held), numbers(givenUp), LOCK_CLASS)
            .addInteger(Shard.COUNT)
            .addLong(DEAD_AFTER.toMillis());
    Row row = link.ask(SQL, arguments, DEAD_AFTER.dividedBy(2)).iterator().next();
    String[] alive = row.getArrayOfStrings(1);
    return new Beat(
        row.getInteger(0),
        alive == null ? null : Set.of(alive),
        Stream.of(row.getArrayOfIntegers(2))
            .map(Shard::new)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Integer[] numbers(Collection<Shard> shards) {
    return shards.stream().map(Shard::number).toArray(Integer[]::new);
  }

  /** Shards that are one replica's fair share. */
  int share() {
    return Math.ceilDiv(Shard.COUNT, present);
  }
}
