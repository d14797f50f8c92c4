package io.aipaging.aipf.lease.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections of one replica, by what they are for, so that nothing long holds up the rest. */
final class Lines implements AutoCloseable {
  /** Side by side, so that one commit's writing to disk covers the others'. */
  private static final int LANES = 4;

  private static final int QUICK = 2;
  private static final Duration UPKEEP_TIME = Duration.ofSeconds(30);
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Line> quick = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final Line bulk;
  private final Line upkeep;
  private final CommitWatch commits;

  Lines(Primary primary, Duration timeout, String runner) {
    for (int n = 0; n < LANES; n++) {
      lanes.add(new Lane(new Line(primary, timeout), runner, n));
    }
    for (int n = 0; n < QUICK; n++) {
      quick.add(new Line(primary, timeout));
    }
    bulk = new Line(primary, timeout);
    upkeep = new Line(primary, UPKEEP_TIME);
    commits = new CommitWatch(primary, timeout, bulk);
  }

  /** Where a shard's transitions are written. */
  Lane lane(int shard) {
    return lanes.get(shard % LANES);
  }

  /** For single rows. */
  Line quick() {
    return quick.get(Math.floorMod(turn.getAndIncrement(), QUICK));
  }

  /** For many rows. */
  Line bulk() {
    return bulk;
  }

  /** For what may take long. */
  Line upkeep() {
    return upkeep;
  }

  /** Whether what is written is also committed. */
  CommitWatch commits() {
    return commits;
  }

  @Override
  public void close() {
    commits.close();
    lanes.forEach(Lane::close);
    quick.forEach(Line::close);
    bulk.close();
    upkeep.close();
  }
}
