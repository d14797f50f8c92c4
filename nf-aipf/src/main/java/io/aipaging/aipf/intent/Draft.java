package io.aipaging.aipf.intent;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A sentence while the rules read it: what is left of it and what was found so far. */
final class Draft {
  private final Set<LimitKind> unread = EnumSet.noneOf(LimitKind.class);
  private String text;
  private Limits limits = Limits.NONE;
  private @Nullable String tierWish;

  Draft(String text) {
    this.text = text;
  }

  /**
   * Shows every match to {@code reader} together with the sentence as it is, then cuts out the ones
   * it took.
   */
  void take(Pattern pattern, Predicate<MatchResult> reader) {
    Matcher matcher = pattern.matcher(text);
    StringBuilder rest = new StringBuilder();
    while (matcher.find()) {
      boolean taken = reader.test(matcher.toMatchResult());
      matcher.appendReplacement(rest, taken ? " " : Matcher.quoteReplacement(matcher.group()));
    }
    matcher.appendTail(rest);
    text = rest.toString();
  }

  String text() {
    return text;
  }

  Limits limits() {
    return limits;
  }

  /** Adds {@code found}; it wins over what was found before. */
  void add(Limits found) {
    limits = found.orElse(limits);
  }

  void unread(LimitKind kind) {
    unread.add(kind);
  }

  void tierWish(String tier) {
    tierWish = tier;
  }

  SentenceReading reading() {
    String rest = text.replaceAll("(?:\\s*[,;:.!?]\\s*)+", ", ").replaceAll("\\s+", " ");
    return new SentenceReading(rest.replaceAll("^[ ,]+|[ ,]+$", ""), limits, tierWish, unread);
  }
}
