package io.aipaging.sbi.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void partsCloseInReverseOrderWhateverOneOfThemThrows() {
    List<String> closed = new ArrayList<>();
    Parts parts = new Parts();
    parts.keep(() -> closed.add("first"));
    parts.keep(
        () -> {
          throw new IOException("stuck");
        });
    parts.keep(() -> closed.add("last"));

    parts.close();
    parts.close();

    assertThat(closed).containsExactly("last", "first");
  }

  @Test
  void aTaskThatFailsIsRunAgain() throws InterruptedException {
    CountDownLatch runs = new CountDownLatch(3);
    try (Parts parts = new Parts()) {
      parts.regularly(
          "failing-task",
          Duration.ofMillis(1),
          () -> {
            runs.countDown();
            throw new IllegalStateException("not now");
          });
      assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
