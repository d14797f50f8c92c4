package io.aipaging.bench.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CrowdTest {
  @Test
  void everyOperationIsDoneOnce() {
    Collection<Long> done = new ConcurrentLinkedQueue<>();
    assertThat(Crowd.doing(1_000, 16, done::add)).isEqualTo(1_000);
    assertThat(done)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void aFailedOperationIsNoResult() {
    assertThatThrownBy(
            () ->
                Crowd.doing(
                    100,
                    4,
                    number -> {
                      if (number == 50) {
                        throw new IllegalStateException("broken");
                      }
                    }))
        .hasRootCauseMessage("broken");
  }
}
