package io.aipaging.simulation.run;

import io.aipaging.simulation.bugs.Bug;
import java.util.Optional;

/** Looks for a history in which a bug shows. */
public final class BugHunt {
  private final Bug bug;
  private final int threads;

  private BugHunt(Bug bug, int threads) {
    this.bug = bug;
    this.threads = threads;
  }

  /** Looks for {@code bug} on so many threads. */
  public static BugHunt of(Bug bug, int threads) {
    return new BugHunt(bug, threads);
  }

  /** The history in which it shows first; empty when it shows in none. */
  public Optional<Finding> find(Seeds seeds) {
    return Simulation.of(bug::variant, threads).untilFirst().run(seeds).findings().stream()
        .findFirst();
  }
}
