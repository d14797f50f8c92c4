package io.aipaging.aipf.intent;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Latency bounds: "within 200 ms", "in under 2 seconds", "half a second at most". Of several the
 * shortest counts; one beyond ten minutes counts as ten minutes, which every service keeps; one
 * below a millisecond is unread.
 */
final class LatencyRule implements SentenceRule {
  private static final String QUANTITY =
      "(?<quantity>" + Words.NUMBER + "|half an?|an?|one|two|three|four|five|ten)";
  private static final String UNIT =
      "(?<unit>ms|msecs?|milliseconds?|s|secs?|seconds?|mins?|minutes?|hours?)\\b";
  private static final String LEAD =
      "(?:\\b(?:with|and) )?(?:\\b(?:answer(?:s|ed)?|repl(?:y|ies)|respond(?:s|ing)?|results?|first \\p{Alpha}+"
          + "|(?:an? )?(?:delay|latency|lag)(?: of)?)\\s+)?";
  private static final Pattern BEFORE =
      Pattern.compile(
          LEAD
              + ("(?:\\bin )?(?:" + Words.AT_MOST + "|\\bwithin|\\bin)\\s*")
              + (QUANTITY + "\\s*" + UNIT)
              + "(?:\\s+(?:of )?(?:delay|latency|lag))?",
          CASE_INSENSITIVE);
  private static final Pattern AFTER =
      Pattern.compile(
          LEAD
              + QUANTITY
              + "\\s*"
              + UNIT
              + "\\s+(?:at (?:the )?most|or (?:less|faster)|max(?:imum)?)\\b",
          CASE_INSENSITIVE);

  @Override
  public void apply(Draft draft) {
    draft.take(BEFORE, match -> read(draft, match));
    draft.take(AFTER, match -> read(draft, match));
  }

  private static boolean read(Draft draft, MatchResult match) {
    double ms = number(match.group("quantity")) * millisecondsOf(match.group("unit"));
    if (ms < 1) {
      draft.unread(LimitKind.LATENCY);
      return true;
    }
    Duration bound = Duration.ofMillis((long) Math.min(ms, (double) Limits.LATENCY_MAX.toMillis()));
    Duration known = draft.limits().latencyMax();
    Duration shortest = known == null || bound.compareTo(known) < 0 ? bound : known;
    draft.add(new Limits(shortest, null, null, null));
    return true;
  }

  private static double number(String quantity) {
    return switch (quantity.toLowerCase(Locale.ROOT)) {
      case "half a", "half an" -> 0.5;
      case "a", "an", "one" -> 1;
      case "two" -> 2;
      case "three" -> 3;
      case "four" -> 4;
      case "five" -> 5;
      case "ten" -> 10;
      default -> Double.parseDouble(quantity);
    };
  }

  private static double millisecondsOf(String unit) {
    String lower = unit.toLowerCase(Locale.ROOT);
    if (lower.startsWith("ms") || lower.startsWith("milli")) {
      return 1;
    }
    return switch (lower.charAt(0)) {
      case 's' -> 1_000;
      case 'm' -> 60_000;
      default -> 3_600_000;
    };
  }
}
