package io.aipaging.eval.enforcement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the experiment found.
 *
 * @param runs leases that ran out
 * @param packetsTriedAfterExp arrived at the gate after {@code exp} of their COMMIT, in all
 * @param packetsAfterExp carried after {@code exp} of their COMMIT, in all
 * @param packetsLeaked that took the default route, in all
 * @param marginMs skew margin of the gate
 * @param earliestCutMs the earliest time before {@code exp} at which the gate was seen closed
 * @param byCase the same for each case
 */
public record EnforcementResult(
    int runs,
    int packetsTriedAfterExp,
    int packetsAfterExp,
    long packetsLeaked,
    long marginMs,
    double earliestCutMs,
    Map<String, ByCase> byCase) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double TENTHS = 10;

  /**
   * The runs of one case.
   *
   * @param earliestCutMs before {@code exp}
   * @param medianCutMs before {@code exp}
   * @param latestPacketMs the last packet that was carried in any of them, before {@code exp}
   */
  public record ByCase(
      int runs,
      int packetsTriedAfterExp,
      int packetsAfterExp,
      double earliestCutMs,
      double medianCutMs,
      double latestPacketMs) {
    static ByCase of(List<Run.Outcome> outcomes) {
      List<Duration> cuts = outcomes.stream().map(Run.Outcome::cut).sorted().toList();
      return new ByCase(
          outcomes.size(),
          outcomes.stream().mapToInt(Run.Outcome::tried).sum(),
          outcomes.stream().mapToInt(Run.Outcome::after).sum(),
          millis(cuts.getLast()),
          millis(cuts.get(cuts.size() / 2)),
          outcomes.stream()
              .map(Run.Outcome::last)
              .min(Comparator.naturalOrder())
              .map(EnforcementResult::millis)
              .orElse(0.0));
    }
  }

  static EnforcementResult of(List<Run.Outcome> outcomes, long leaked, long marginMs) {
    ByCase all = ByCase.of(outcomes);
    Map<String, ByCase> byCase = new TreeMap<>();
    outcomes.stream()
        .collect(Collectors.groupingBy(outcome -> outcome.what().title()))
        .forEach((title, some) -> byCase.put(title, ByCase.of(some)));
    return new EnforcementResult(
        all.runs(),
        all.packetsTriedAfterExp(),
        all.packetsAfterExp(),
        leaked,
        marginMs,
        all.earliestCutMs(),
        byCase);
  }

  /** Whether no packet came through that should not, and the gate closed no earlier than it may. */
  public boolean holds() {
    return packetsAfterExp == 0
        && packetsLeaked == 0
        && earliestCutMs <= marginMs + Enforcement.TOLERANCE_MS;
  }

  /** The distribution, for people. */
  List<String> lines(List<Run.Outcome> outcomes) {
    List<String> lines = new ArrayList<>();
    lines.add("skew margin %d ms; packets after exp; times before exp, ms".formatted(marginMs));
    lines.add(
        "%-34s %5s %7s %7s %9s %9s %9s"
            .formatted("case", "runs", "tried", "carried", "earliest", "median", "last"));
    byCase.forEach((title, one) -> lines.add(line(title, one)));
    lines.add(line("all", ByCase.of(outcomes)));
    Map<Long, Long> histogram =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.cut().toMillis(), TreeMap::new, Collectors.counting()));
    histogram.forEach((ms, count) -> lines.add("closed %3d ms before: %d".formatted(ms, count)));
    return lines;
  }

  private static String line(String title, ByCase one) {
    return String.format(
        Locale.ROOT,
        "%-34s %5d %7d %7d %9.1f %9.1f %9.1f",
        title,
        one.runs(),
        one.packetsTriedAfterExp(),
        one.packetsAfterExp(),
        one.earliestCutMs(),
        one.medianCutMs(),
        one.latestPacketMs());
  }

  private static double millis(Duration duration) {
    return Math.round(duration.toNanos() / NANOS_PER_MILLI * TENTHS) / TENTHS;
  }
}
