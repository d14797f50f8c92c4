package io.aipaging.bench.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aipaging.bench.Report;
import io.aipaging.lab.Lab;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** It runs to its end; what it measures in so short a time is not looked at. */
class SteeringBenchmarkIT {
  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void everyFigureIsMeasured() throws Exception {
    Optional<String> missing = Lab.unavailable();
    assumeTrue(missing.isEmpty() || requireAll(), () -> missing.orElse(""));

    Report report =
        SteeringBenchmark.run(
            folder, new SteeringBenchmark.Effort(List.of(0, 2_000), 100, 3), line -> {});

    assertThat(report.figures())
        .containsKeys(
            "installP50Us",
            "refreshP50Us",
            "relocateP50Us",
            "removeP50Us",
            "spawnToNetlink",
            "costAt1MTo0",
            "kernelBytesPerLease",
            "verifyP50Us",
            "journalP50Us");
    assertThat(report.figures().values()).allMatch(Double::isFinite);
    assertThat(report.lines()).hasSizeGreaterThan(8);
  }

  private static boolean requireAll() {
    return "1".equals(System.getenv("AIPAGING_REQUIRE_ALL"));
  }
}
