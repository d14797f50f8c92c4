package io.aipaging.simulation.engine;

import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The readable account of a history; costs nothing when nobody reads it. */
public final class Trace {
  private static final double SECOND = 1e9;
  private final Timeline timeline;
  private final @Nullable Appendable out;

  /**
   * A trace.
   *
   * @param out gets a line per entry, or null when nobody reads
   */
  public Trace(Timeline timeline, @Nullable Appendable out) {
    this.timeline = timeline;
    this.out = out;
  }

  /** Adds a line: when, who, what. */
  public void say(String who, Supplier<String> what) {
    if (out != null) {
      try {
        out.append(String.format(Locale.ROOT, "%11.6f  ", timeline.now() / SECOND))
            .append(String.format(Locale.ROOT, "%-10s ", who))
            .append(what.get())
            .append('\n');
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
