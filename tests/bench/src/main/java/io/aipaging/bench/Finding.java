package io.aipaging.bench;

import java.util.Locale;

/**
 * One figure.
 *
 * @param name of its member in the JSON line
 * @param text what it is, for people
 * @param value the figure
 * @param unit of the figure, empty for a ratio
 * @param goal what it should be, or null when it only explains others
 */
public record Finding(String name, String text, double value, String unit, Goal goal) {
  /**
   * What a figure should be.
   *
   * @param least lowest good value
   * @param most highest good value
   */
  public record Goal(double least, double most) {
    /** None. */
    public static final Goal NONE = new Goal(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** A bound. */
    public static Goal atLeast(double value) {
      return new Goal(value, Double.POSITIVE_INFINITY);
    }

    /** A bound. */
    public static Goal atMost(double value) {
      return new Goal(Double.NEGATIVE_INFINITY, value);
    }

    private String text() {
      return least > Double.NEGATIVE_INFINITY
          ? "at least " + number(least)
          : "at most " + number(most);
    }
  }

  /** A figure without a goal. */
  public static Finding of(String name, String text, double value, String unit) {
    return new Finding(name, text, value, unit, Goal.NONE);
  }

  /** Whether the goal is reached; always without one. */
  public boolean good() {
    return value >= goal.least() && value <= goal.most();
  }

  /** A line for people. */
  public String line() {
    String figure = String.format(Locale.ROOT, "  %-58s %10s %-4s", text, number(value), unit);
    return goal.equals(Goal.NONE)
        ? figure.stripTrailing()
        : figure + " goal: " + goal.text() + (good() ? "" : "  MISSED");
  }

  /** The value, rounded to what can be meant. */
  public static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }
}
