package io.aipaging.aipf.intent;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Price caps: "at most 0.5 per 1000", "under €2 per thousand requests", "max 0.01 per request". A
 * cap in another currency than the catalogue's, on something else than requests, or on nothing in
 * particular is unread. Of several the lowest counts.
 */
final class PriceRule implements SentenceRule {
  private static final String CURRENCY =
      "(?:[€$£]|(?:eur|euros?|usd|dollars?|gbp|pounds?|cents?)\\b)";
  private static final String FOR = "(?:\\bfor )?";
  private static final Pattern CAP =
      Pattern.compile(
          FOR
              + Words.AT_MOST
              + ("\\s*(?<before>" + CURRENCY + ")?\\s*(?<amount>" + Words.NUMBER + ")")
              + ("\\s*(?<after>" + CURRENCY + ")?\\s*(?:per|for|/)\\s*")
              + "(?<unit>(?:1,?000|1k|(?:a |one )?thousand|request|call)\\b)"
              + "(?:\\s+(?<what>requests?|calls?|tokens?|words?|characters?|pages?|minutes?))?",
          CASE_INSENSITIVE);
  private static final Pattern UNCLEAR =
      Pattern.compile(
          FOR
              + Words.AT_MOST
              + ("\\s*(?:" + CURRENCY + "\\s*\\d[\\d.,]*")
              + ("|\\d[\\d.,]*\\s*(?:" + CURRENCY + "|per\\b|/))"),
          CASE_INSENSITIVE);

  private final String currency;

  /** Caps in {@code currency}, an ISO 4217 code. */
  PriceRule(String currency) {
    this.currency = currency;
  }

  @Override
  public void apply(Draft draft) {
    draft.take(
        CAP,
        match -> {
          if (clear(match)) {
            draft.add(cap(draft.limits(), per1000(match)));
          } else {
            draft.unread(LimitKind.PRICE);
          }
          return true;
        });
    draft.take(
        UNCLEAR,
        _ -> {
          draft.unread(LimitKind.PRICE);
          return true;
        });
  }

  private static Limits cap(Limits known, double price) {
    Double lowest = known.priceMax();
    return new Limits(null, null, null, lowest == null ? price : Math.min(lowest, price));
  }

  private boolean clear(MatchResult match) {
    String what = match.group("what");
    return (what == null || what.matches("(?i)(request|call)s?"))
        && Stream.of("before", "after")
            .map(match::group)
            .allMatch(word -> word == null || currencyOf(word).equals(currency));
  }

  private static double per1000(MatchResult match) {
    double amount = Double.parseDouble(match.group("amount"));
    return match.group("unit").matches("(?i)request|call") ? amount * 1000 : amount;
  }

  private static String currencyOf(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "€", "eur", "euro", "euros" -> "EUR";
      case "$", "usd", "dollar", "dollars" -> "USD";
      case "£", "gbp", "pound", "pounds" -> "GBP";
      default -> "";
    };
  }
}
