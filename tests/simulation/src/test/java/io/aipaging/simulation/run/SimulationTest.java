package io.aipaging.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.simulation.variant.Variant;
import io.aipaging.simulation.world.Moves;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Simulation SIMULATION = Simulation.of(Variant::new, 2);

  @Test
  void histories1To400HaveNoViolationAndCoverTheMachine() {
    Summary summary = SIMULATION.run(Seeds.of(1, 400));
    assertThat(summary.findings()).isEmpty();
    assertThat(summary.violations()).isZero();
    assertThat(summary.histories()).isEqualTo(400);
    TreeSet<String> unknown = new TreeSet<>(Moves.among(summary.coverage().keySet()));
    unknown.removeAll(Moves.ALL);
    assertThat(unknown).as("moves that no table lists").isEmpty();
    TreeSet<String> missed = new TreeSet<>(Moves.ALL);
    missed.removeAll(summary.coverage().keySet());
    assertThat(missed).as("moves that never occurred").hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void threadsChangeNothing() {
    Summary one = Simulation.of(Variant::new, 1).run(Seeds.of(7_000, 20));
    Summary three = Simulation.of(Variant::new, 3).run(Seeds.of(7_000, 20));
    assertThat(three.steps()).isEqualTo(one.steps());
    assertThat(three.coverage()).isEqualTo(one.coverage());
  }

  @Test
  void timeBoundsARun() {
    Summary summary = SIMULATION.run(Seeds.during(1, Duration.ofMillis(1)));
    assertThat(summary.histories()).isBetween(0L, 2L);
  }
}
