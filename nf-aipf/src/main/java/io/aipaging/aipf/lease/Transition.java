package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One legal move of a session, with its evidence. Durable as a whole or not at all.
 *
 * @param before session before, or null when it begins
 * @param after session after
 * @param evidence what is recorded with it
 * @param effects what to do in the network once it is durable, in this order
 */
public record Transition(
    @Nullable Session before, Session after, EvidenceDraft evidence, List<Effect> effects) {
  public Transition {
    effects = List.copyOf(effects);
    long expected = before == null ? 1 : before.version() + 1;
    if (after.version() != expected) {
      throw new IllegalArgumentException("a transition is one version");
    }
  }

  /** The version it is based on, 0 when the session begins. */
  public long expectedVersion() {
    return after.version() - 1;
  }
}
