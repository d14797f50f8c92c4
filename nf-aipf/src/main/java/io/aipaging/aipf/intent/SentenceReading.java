package io.aipaging.aipf.intent;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules made of a sentence.
 *
 * @param rest the sentence without what the rules understood; may be empty
 * @param limits limits it states
 * @param tierWish tier it asks for, or null
 * @param unread limits it plainly states in a way the rules cannot read; none may be ignored
 */
record SentenceReading(
    String rest, Limits limits, @Nullable String tierWish, Set<LimitKind> unread) {
  static final SentenceReading NOTHING = new SentenceReading("", Limits.NONE, null, Set.of());

  SentenceReading {
    unread = Set.copyOf(unread);
  }
}
