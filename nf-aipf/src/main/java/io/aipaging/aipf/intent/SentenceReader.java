package io.aipaging.aipf.intent;

import java.util.List;

/**
 * Reads limits out of an English sentence by small rules, one class each:
 *
 * <ul>
 *   <li>{@link PriceRule} – "at most 0.5 per 1000", "under 2 EUR per thousand requests"
 *   <li>{@link LatencyRule} – "within 200 ms", "in under 2 seconds", "half a second at most"
 *   <li>{@link ResidencyRule} – "data stays in the EU", "hosted in Germany or France", "EU only"
 *   <li>{@link TrustRule} – "trust at least 3", "trusted anchors only"
 *   <li>{@link TierRule} – "cheap", "best quality"
 * </ul>
 *
 * A rule that recognises a limit but cannot read it says so: a limit the user stated is kept or the
 * intent is refused, never dropped.
 */
final class SentenceReader {
  private final List<SentenceRule> rules;

  /** Rules for prices in {@code currency}, an ISO 4217 code. */
  SentenceReader(String currency) {
    rules =
        List.of(
            new PriceRule(currency),
            new LatencyRule(),
            new ResidencyRule(),
            new TrustRule(),
            new TierRule());
  }

  SentenceReading read(String sentence) {
    Draft draft = new Draft(sentence);
    rules.forEach(rule -> rule.apply(draft));
    return draft.reading();
  }
}
