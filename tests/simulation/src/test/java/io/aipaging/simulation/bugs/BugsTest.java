package io.aipaging.simulation.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.simulation.run.Simulation;
import io.aipaging.simulation.variant.Variant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation bites: each bug shows in the history that once found it. */
class BugsTest {
  @ParameterizedTest
  @EnumSource(Bug.class)
  void aBugShowsInItsHistoryAndNothingDoesWithoutIt(Bug bug) {
    assertThat(Simulation.one(bug.seed(), bug.variant(), null).violation())
        .as("with the bug in history %d; find another seed: simulate --find-bugs", bug.seed())
        .isNotNull();
    assertThat(Simulation.one(bug.seed(), new Variant(), null).violation()).isNull();
  }
}
