package io.aipaging.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private final Samples samples = new Samples();

  @Test
  void percentilesAreNearestRank() {
    for (int i = 1000; i >= 1; i--) {
      samples.add(Duration.ofMillis(i));
    }
    assertThat(samples.percentile(50)).isEqualTo(Duration.ofMillis(500));
    assertThat(samples.percentile(99)).isEqualTo(Duration.ofMillis(990));
    assertThat(samples.percentile(100)).isEqualTo(Duration.ofMillis(1000));
  }

  @Test
  void oneSampleIsEveryPercentile() {
    samples.add(Duration.ofMillis(7));
    assertThat(samples.percentile(0.1)).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void nothingMeasuredIsNoFigure() {
    samples.add(Duration.ofMillis(7));
    samples.clear();
    assertThatThrownBy(() -> samples.percentile(50)).isInstanceOf(IllegalStateException.class);
  }
}
