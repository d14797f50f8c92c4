package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PcfAdapterWalkIT extends AdapterFixture {
  /** Zero crashes of the core under a random workload. */
  @Test
  void aRandomWorkloadNeitherOverlapsNorHurriesNorLeaks() throws Exception {
    long seed = System.nanoTime();
    core.behave(Map.of("operations", List.of("CREATE", "DELETE", "READ"), "latencyMs", 5));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> walks = new ArrayList<>();
      for (int walk = 0; walk < 12; walk++) {
        walks.add(threads.submit(randomWalk(walk, new Random(seed + walk))));
      }
      for (Future<Void> walk : walks) {
        walk.get();
      }
    }
    Eventually.holds("nothing leaks, seed " + seed, () -> core.sessions().isEmpty());
    assertThat(core.violations()).as("seed %d", seed).isEmpty();
  }

  private Callable<Void> randomWalk(int walk, Random random) {
    return () -> {
      for (int step = 0; step < 6; step++) {
        String ref = "w" + walk + "-" + step;
        try {
          create(ref, "10.45.1." + (1 + random.nextInt(4)));
          if (random.nextBoolean()) {
            get(ref);
          }
        } catch (Refusal refusal) {
          assertThat(refusal.status()).isIn(403, 503, 504);
        }
        delete(ref);
      }
      return null;
    };
  }
}
