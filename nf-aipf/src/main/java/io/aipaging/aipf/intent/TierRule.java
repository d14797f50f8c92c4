package io.aipaging.aipf.intent;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Wishes for a tier: "cheap" is {@code ECONOMY}, "best quality" is {@code PREMIUM}. A sentence that
 * wishes for both wishes for neither; "not cheap" and the like are no wish.
 */
final class TierRule implements SentenceRule {
  private static final String NOT = "(?<!\\bnot )(?<!\\bnot the )(?<!\\bnot too )";
  private static final Pattern ECONOMY =
      Pattern.compile(
          NOT
              + "\\b(?:(?:the )?cheap(?:er|est|ly)?|inexpensive(?:ly)?|low[- ](?:cost|price)"
              + "|(?:on a )?budget|econom(?:y|ical|ically))\\b",
          CASE_INSENSITIVE);
  private static final Pattern PREMIUM =
      Pattern.compile(
          NOT
              + "\\b(?:(?:in |with )?(?:the )?(?:best|highest|top|high)(?: possible)?[- ]quality"
              + "|the best|best|premium|(?:the |your )?(?:most capable|strongest|largest))\\b",
          CASE_INSENSITIVE);

  @Override
  public void apply(Draft draft) {
    Set<String> wishes = new TreeSet<>();
    draft.take(ECONOMY, _ -> wishes.add("ECONOMY") || wishes.contains("ECONOMY"));
    draft.take(PREMIUM, _ -> wishes.add("PREMIUM") || wishes.contains("PREMIUM"));
    if (wishes.size() == 1) {
      draft.tierWish(wishes.iterator().next());
    }
  }
}
