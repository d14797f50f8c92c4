package io.aipaging.bench.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {
  private static Cost cost(long cpuMicros) {
    return new Cost(1, 1_000, cpuMicros * 1_000);
  }

  @Test
  void whoGoesFirstAlternates() {
    List<String> order = new ArrayList<>();
    Pairs.of(
        2,
        () -> {
          order.add("ours");
          return cost(1);
        },
        () -> {
          order.add("theirs");
          return cost(1);
        });
    assertThat(order).containsExactly("ours", "theirs", "theirs", "ours");
  }

  @Test
  void theRatioIsTheMedianOfPairsAndNotTheRatioOfMedians() {
    Pairs pairs =
        new Pairs(List.of(cost(10), cost(300), cost(40)), List.of(cost(10), cost(100), cost(20)));
    assertThat(pairs.ratio(Cost::cpuMicros)).isEqualTo(2.0);
    assertThat(pairs.ours(Cost::cpuMicros)).isEqualTo(40.0);
    assertThat(pairs.theirs(Cost::cpuMicros)).isEqualTo(20.0);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(Pairs.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
  }

  @Test
  void nothingMeasuredIsNoFigure() {
    assertThatThrownBy(() -> Pairs.median(new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
