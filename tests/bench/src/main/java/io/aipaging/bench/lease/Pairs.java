package io.aipaging.bench.lease;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Two things measured in turns, the one that goes first alternating.
 *
 * @param measured what is judged
 * @param reference what it is compared with; the n-th of both belong together
 */
record Pairs(List<Cost> measured, List<Cost> reference) {
  /** Measures {@code rounds} pairs. */
  static Pairs of(int rounds, Supplier<Cost> measured, Supplier<Cost> reference) {
    List<Cost> ours = new ArrayList<>();
    List<Cost> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        ours.add(measured.get());
        theirs.add(reference.get());
      } else {
        theirs.add(reference.get());
        ours.add(measured.get());
      }
    }
    return new Pairs(List.copyOf(ours), List.copyOf(theirs));
  }

  /** Median of what is judged. */
  double ours(ToDoubleFunction<Cost> of) {
    return median(measured.stream().mapToDouble(of).toArray());
  }

  /** Median of what it is compared with. */
  double theirs(ToDoubleFunction<Cost> of) {
    return median(reference.stream().mapToDouble(of).toArray());
  }

  /** Median of the pairs' ratios. */
  double ratio(ToDoubleFunction<Cost> of) {
    double[] ratios = new double[measured.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = of.applyAsDouble(measured.get(i)) / of.applyAsDouble(reference.get(i));
    }
    return median(ratios);
  }

  static double median(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
