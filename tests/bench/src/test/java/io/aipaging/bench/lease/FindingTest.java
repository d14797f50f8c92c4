package io.aipaging.bench.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.bench.Finding;
import io.aipaging.bench.Finding.Goal;
import org.junit.jupiter.api.Test;

class FindingTest {
  @Test
  void whatFallsShortIsSaid() {
    assertThat(new Finding("a", "ratio", 1.31, "", Goal.atMost(1.3)).line())
        .endsWith("goal: at most 1.30  MISSED");
    assertThat(new Finding("a", "ratio", 0.79, "", Goal.atLeast(0.8)).line())
        .endsWith("goal: at least 0.80  MISSED");
  }

  @Test
  void whatReachesItsGoalIsNotMissed() {
    assertThat(new Finding("a", "ratio", 1.3, "", Goal.atMost(1.3)).line())
        .endsWith("goal: at most 1.30");
    assertThat(new Finding("a", "ratio", 0.8, "", Goal.atLeast(0.8)).good()).isTrue();
  }

  @Test
  void aFigureHasAsManyDigitsAsItCanMean() {
    assertThat(Finding.number(1234.5)).isEqualTo("1235");
    assertThat(Finding.number(12.34)).isEqualTo("12.3");
    assertThat(Finding.number(1.234)).isEqualTo("1.23");
  }
}
