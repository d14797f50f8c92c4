package io.aipaging.sbi.config;

import java.time.Duration;

/** Range checks for compact constructors; the message names the key as it stands in the file. */
public final class Check {
  private Check() {}

  /** Refuses a value outside {@code min} to {@code max}. */
  public static void range(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(key + " must be " + min + " to " + max);
    }
  }

  /** Refuses a duration outside {@code min} to {@code max}. */
  public static void range(String key, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(key + " must be " + min + " to " + max);
    }
  }
}
