package io.aipaging.bench.lease;

import io.aipaging.bench.Finding;
import java.util.List;

/** Heap that an AIPF needs for each live lease: what is left after collections. */
final class HeapPart implements Part {
  private static final double GOAL_BYTES = 1_024;
  private final Population population;

  HeapPart(Population population) {
    this.population = population;
  }

  @Override
  public List<Finding> measure() {
    return List.of(
        new Finding(
            "heapBytesPerLease",
            "heap per live lease",
            population.heapBytesPerLease(),
            "B",
            Finding.Goal.atMost(GOAL_BYTES)));
  }
}
