package io.aipaging.simulation.observer;

import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.engine.Trace;
import org.jspecify.annotations.Nullable;

/** The first violation of a history; what comes after it follows from it. */
public final class Verdict {
  private final Timeline timeline;
  private final Trace trace;
  private @Nullable Violation first;

  /** Nothing is wrong so far. */
  public Verdict(Timeline timeline, Trace trace) {
    this.timeline = timeline;
    this.trace = trace;
  }

  /** Something is wrong. */
  public void violated(String rule, String detail) {
    if (first == null) {
      first = new Violation(rule, timeline.now(), detail);
      trace.say("VIOLATION", () -> rule + ": " + detail);
    }
  }

  /** The first violation, or null. */
  public @Nullable Violation first() {
    return first;
  }
}
