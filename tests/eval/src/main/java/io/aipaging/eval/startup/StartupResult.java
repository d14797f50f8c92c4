package io.aipaging.eval.startup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What was measured, by function.
 *
 * @param functions figures by function and mode; every mode was started as often
 */
public record StartupResult(Map<String, Map<String, Figures>> functions) {
  private static final double KIB_PER_MIB = 1024;
  private static final double TENTHS = 10;

  /**
   * A median and how far the figures lie apart.
   *
   * @param median of two in the middle the greater
   */
  public record Spread(double min, double median, double max) {
    static Spread of(List<Start> starts, ToDoubleFunction<Start> figure) {
      double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
      return new Spread(
          tenths(sorted[0]), tenths(sorted[sorted.length / 2]), tenths(sorted[sorted.length - 1]));
    }

    private static double tenths(double value) {
      return Math.round(value * TENTHS) / TENTHS;
    }
  }

  /**
   * Starts of one function in one mode.
   *
   * @param readyMs from start to ready
   * @param rssMib resident when idle
   * @param pssMib the same, shared pages in parts
   */
  public record Figures(int starts, Spread readyMs, Spread rssMib, Spread pssMib) {
    static Figures of(List<Start> starts) {
      return new Figures(
          starts.size(),
          Spread.of(starts, Start::readyMs),
          Spread.of(starts, s -> s.rssKb() / KIB_PER_MIB),
          Spread.of(starts, s -> s.pssKb() / KIB_PER_MIB));
    }
  }

  /** Of all starts, by function and mode; none of the lists is empty. */
  public static StartupResult of(Map<String, Map<StartMode, List<Start>>> starts) {
    Map<String, Map<String, Figures>> functions = new TreeMap<>();
    starts.forEach(
        (function, modes) -> {
          Map<String, Figures> figures = new TreeMap<>();
          modes.forEach((mode, all) -> figures.put(mode.key(), Figures.of(all)));
          functions.put(function, figures);
        });
    return new StartupResult(functions);
  }

  /** A table for people. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%-16s %-6s %22s %10s %10s%n", "", "", "ready ms", "RSS MiB", "PSS MiB"));
    functions.forEach(
        (function, modes) ->
            modes.forEach(
                (mode, f) ->
                    text.append(
                        String.format(
                            Locale.ROOT,
                            "%-16s %-6s %8.0f (%.0f to %.0f) %10.1f %10.1f%n",
                            function,
                            mode,
                            f.readyMs().median(),
                            f.readyMs().min(),
                            f.readyMs().max(),
                            f.rssMib().median(),
                            f.pssMib().median()))));
    return text.toString();
  }
}
