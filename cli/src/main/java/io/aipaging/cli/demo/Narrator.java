package io.aipaging.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints one line per step with the time since the start. */
final class Narrator {
  private final PrintStream out;
  private final long startNanos = System.nanoTime();

  Narrator(PrintStream out) {
    this.out = out;
  }

  /** A step of the story. */
  void step(String letter, String text) {
    out.printf(Locale.ROOT, "%6.2f s  %-4s %s%n", seconds(), letter, text);
  }

  /** Something said in passing. */
  void aside(String text) {
    step("", text);
  }

  private double seconds() {
    return Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0;
  }
}
