package io.aipaging.aipf.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How settled a session is: what the damping rule against moving to and fro looks at.
 *
 * @param since when it came to the anchor it is at
 * @param left anchor it left last, or null when it never moved
 * @param undoneAt when a move was undone last, or null when none was since it came
 */
public record Residence(Instant since, @Nullable String left, @Nullable Instant undoneAt) {
  /** Its first anchor. */
  static Residence first(Instant now) {
    return new Residence(now, null, null);
  }

  /** It came here from {@code anchor}. */
  static Residence movedFrom(String anchor, Instant now) {
    return new Residence(now, anchor, null);
  }

  /** A move was undone. */
  Residence undone(Instant now) {
    return new Residence(since, left, now);
  }
}
