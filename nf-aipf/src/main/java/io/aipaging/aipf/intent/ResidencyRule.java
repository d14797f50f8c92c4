package io.aipaging.aipf.intent;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.aipaging.aipf.catalog.Residency;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Where data may be processed: "data stays in the EU", "hosted in Germany or France", "must not
 * leave Italy", "EU only".
 *
 * <p>A country counts when its clause talks of data, keeping, hosting and the like, or begins with
 * it ("…, in Spain"); "photos I took in Spain" is no limit. The Union always counts. Several limits
 * must hold together. What only says where data must <em>not</em> be, names a place nobody knows,
 * or contradicts itself is unread, since an intent lists places that are allowed.
 */
final class ResidencyRule implements SentenceRule {
  private static final Pattern CONTEXT =
      Pattern.compile(
          "\\b(?:data|stay\\w*|ke(?:ep\\w*|pt)|remain\\w*|process\\w*|host\\w*|stor(?:e|es|ed|ing)"
              + "|h[eo]ld|run(?:s|ning)?|located|residen\\w*|servers?|only)\\b",
          CASE_INSENSITIVE);
  private static final Pattern NEGATION =
      Pattern.compile(
          "\\b(?:not|never|no|none|nothing|nowhere|without|avoid\\w*|exclud\\w*|except|cannot"
              + "|anywhere but)\\b|n['’]t\\b",
          CASE_INSENSITIVE);
  private static final Pattern CLAUSE_END = Pattern.compile("(?i)[,;:.!?]|\\bbut\\b");
  private static final Pattern SENTENCE_END = Pattern.compile("(?i)[;.!?]|\\bbut\\b");
  private static final String LEAD =
      "(?:\\b(?:(?:and|with|all|my|our|the|this|that|which|data|it|them|everything|nothing|no|do|must"
          + "|should|has to|have to|may|can|cannot|not|never|always|only|be|is|are|stays?|staying"
          + "|keep|keeps|kept|remains?|processed|hosted|stored|held|run|running|located|without)"
          + "|\\w+n['’]t)\\s+)*";

  /** Capitalised words and common nouns that sound like a place. */
  private static final Pattern UNKNOWN_PLACE =
      Pattern.compile(
          "(?i:\\b(?:stays?|staying|remains?|kept|keep \\w+(?: \\w+)?|processed|hosted|stored) "
              + "(?:only )?(?:in|inside|within)|\\b(?:not|never|without) leav(?:e|es|ing)) "
              + "(?i:the |my |our |this )?(?<place>\\p{Lu}[\\p{L}-]+|(?i:country|region|state|city"
              + "|continent|premises|building|house|home|office|company|hospital|campus|jurisdiction))"
              + "\\b");

  private final Places places = new Places();
  private final Pattern mention;
  private final Pattern attribute;

  ResidencyRule() {
    String place = places.regex();
    String list =
        place
            + "(?:(?:\\s*,\\s*(?:and|or)|\\s*,|\\s+and|\\s+or)\\s+(?:in )?(?:the )?"
            + place
            + ")*";
    mention =
        Pattern.compile(
            LEAD
                + "(?<how>\\b(?:in|inside|within|outside(?: of)?|leav(?:e|es|ing)))\\s+(?:only )?"
                + ("(?:the )?(?<places>" + list + ")(?:\\s+(?:only|please)\\b)?"),
            CASE_INSENSITIVE);
    attribute =
        Pattern.compile(
            "(?<!\\w)(?<places>"
                + list
                + ")(?:[- ](?:only|hosted|based|resident|hosting|residency)"
                + "|\\s+(?:servers?|data ?cent(?:er|re)s?)(?: only)?)\\b",
            CASE_INSENSITIVE);
  }

  @Override
  public void apply(Draft draft) {
    draft.take(attribute, match -> readAttribute(draft, match));
    draft.take(mention, match -> readMention(draft, match));
    draft.take(UNKNOWN_PLACE, match -> readUnknown(draft, match));
  }

  private boolean readAttribute(Draft draft, MatchResult match) {
    if (negated(draft, match)) {
      draft.unread(LimitKind.RESIDENCY);
    } else {
      allow(draft, match);
    }
    return true;
  }

  private boolean readMention(Draft draft, MatchResult match) {
    String clause = lastPart(draft.text().substring(0, match.start("how")), CLAUSE_END);
    boolean about = CONTEXT.matcher(clause).find();
    char how = Character.toLowerCase(match.group("how").charAt(0));
    if (how == 'l') { // leaving
      return negated(draft, match) && decide(draft, match, true);
    }
    if (how == 'o') { // outside
      boolean negated = negated(draft, match);
      return (about || negated) && decide(draft, match, negated);
    }
    boolean negated = about ? isNegative(clause) : negated(draft, match);
    boolean union = places.codesIn(match.group("places")).contains(Residency.EU);
    return (about || clause.isBlank() || union) && decide(draft, match, !negated);
  }

  private boolean decide(Draft draft, MatchResult match, boolean allowed) {
    if (allowed) {
      allow(draft, match);
    } else {
      draft.unread(LimitKind.RESIDENCY);
    }
    return true;
  }

  private boolean readUnknown(Draft draft, MatchResult match) {
    if (places.isLanguage(match.group("place"))) {
      return false;
    }
    draft.unread(LimitKind.RESIDENCY);
    return true;
  }

  private static boolean negated(Draft draft, MatchResult match) {
    return isNegative(lastPart(draft.text().substring(0, match.start("places")), SENTENCE_END));
  }

  private static boolean isNegative(String text) {
    return NEGATION.matcher(text).find();
  }

  private static String lastPart(String text, Pattern end) {
    String[] parts = end.split(text, -1);
    return parts[parts.length - 1];
  }

  private void allow(Draft draft, MatchResult match) {
    Set<String> codes = places.codesIn(match.group("places"));
    Residency known = draft.limits().residency();
    List<String> both = new ArrayList<>(codes);
    if (known != null) {
      both.removeIf(code -> !covers(known, code));
      known.codes().stream().filter(code -> covers(Residency.of(codes), code)).forEach(both::add);
    }
    if (both.isEmpty()) {
      draft.unread(LimitKind.RESIDENCY);
    } else {
      draft.add(new Limits(null, Residency.of(both), null, null));
    }
  }

  private static boolean covers(Residency residency, String code) {
    return residency.codes().contains(code)
        || (!code.equals(Residency.EU) && residency.allows(code));
  }
}
