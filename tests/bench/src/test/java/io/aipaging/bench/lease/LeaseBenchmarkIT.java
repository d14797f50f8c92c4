package io.aipaging.bench.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.bench.Report;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every part runs to its end; what it measures in so short a time is not looked at. */
class LeaseBenchmarkIT {
  private static final Effort TINY =
      new Effort(
          1,
          Duration.ofMillis(200),
          50,
          2_000,
          500,
          500,
          new Effort.Burst(1, 500, 20, Duration.ofSeconds(1)));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "page, pageToFloorThroughput",
    "renew, renewCpuToFloor",
    "store, rocksDbAppendsToRaw",
    "burst, burstSeconds",
    "scale, costAt1MTo1k",
    "heap, heapBytesPerLease"
  })
  void everyPartMeasuresWhatItIsFor(String part, String figure) throws Exception {
    Report report = LeaseBenchmark.run(folder, TINY, part, name -> {});

    assertThat(report.figures()).containsKey(figure);
    assertThat(report.figures().values()).allMatch(Double::isFinite).allMatch(value -> value > 0);
    assertThat(report.lines()).first().isEqualTo(part);
  }

  @Test
  void everyPartHasItsTest() throws Exception {
    CsvSource parts =
        LeaseBenchmarkIT.class
            .getDeclaredMethod("everyPartMeasuresWhatItIsFor", String.class, String.class)
            .getAnnotation(CsvSource.class);
    assertThat(parts.value())
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .containsExactlyInAnyOrderElementsOf(LeaseBenchmark.PARTS);
  }
}
