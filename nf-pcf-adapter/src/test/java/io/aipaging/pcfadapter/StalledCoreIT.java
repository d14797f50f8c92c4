package io.aipaging.pcfadapter;

import static io.aipaging.pcfadapter.AdapterFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.simulators.flavor.Flavor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A PCF that answers nothing about some UEs for a long time. */
class StalledCoreIT extends DiscoveredCoreFixture {
  private static final int STALLED = 40;

  @ParameterizedTest
  @EnumSource
  void otherUesAreServedMeanwhile(Flavor flavor) {
    start(flavor, false);
    running.pcf().stall("10.45.9.", Duration.ofSeconds(30));
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> stalled = new ArrayList<>();
      for (int i = 1; i <= STALLED; i++) {
        int ue = i;
        stalled.add(all.submit(() -> outcome("stalled-" + ue, "10.45.9." + ue)));
      }
      Eventually.holds("all wait", () -> core.count("CREATE") == STALLED);
      for (int i = 1; i <= STALLED; i++) {
        assertThat(create("b" + i, "10.45.1." + i).state()).isEqualTo("HELD");
      }
      assertThat(stalled).noneMatch(Future::isDone);
    }
    assertThat(core.violations()).isEmpty();
  }

  /** What cannot be answered in time is refused at once, not kept. */
  @ParameterizedTest
  @EnumSource(names = "REL18")
  void aStalledUesQueueIsBounded(Flavor flavor) {
    start(flavor, false);
    running.pcf().stall("10.45.9.", Duration.ofSeconds(30));
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = all.submit(() -> outcome("b0", "10.45.9.1"));
      Eventually.holds("it waits", () -> core.count("CREATE") == 1);
      List<Future<String>> others = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        String ref = "b" + i;
        others.add(all.submit(() -> outcome(ref, "10.45.9.1")));
      }
      Eventually.holds("the fourth and more are refused", () -> refused(others) == 3);
      assertThat(first.isDone()).isFalse();
      assertThat(core.count("CREATE")).isEqualTo(1);
    }
    assertRefused(() -> create("b0", "10.45.9.1"), 504, "TIMED_OUT_REQUEST");
  }

  private static long refused(List<Future<String>> others) {
    return others.stream()
        .filter(Future::isDone)
        .filter(one -> one.resultNow().equals("REQUESTED_SERVICE_TEMPORARILY_NOT_AUTHORIZED"))
        .count();
  }

  private String outcome(String ref, String ue) {
    try {
      return create(ref, ue).state();
    } catch (Refusal e) {
      return e.problemCause();
    }
  }
}
