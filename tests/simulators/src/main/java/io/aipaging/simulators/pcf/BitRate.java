package io.aipaging.simulators.pcf;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bit rates as TS 29.571 writes them. */
final class BitRate {
  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?) ([KMGT]?)bps");
  private static final Map<String, Double> UNITS =
      Map.of("", 1.0, "K", 1e3, "M", 1e6, "G", 1e9, "T", 1e12);

  private BitRate() {}

  /** In bit/s; 0 for what is none. */
  static double of(String text) {
    Matcher rate = TEXT.matcher(text);
    return rate.matches()
        ? Double.parseDouble(rate.group(1)) * UNITS.getOrDefault(rate.group(2), 1.0)
        : 0;
  }
}
