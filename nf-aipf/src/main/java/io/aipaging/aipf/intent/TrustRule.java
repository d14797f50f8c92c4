package io.aipaging.aipf.intent;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.aipaging.aipf.catalog.Anchor;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Least trust: "trust at least 3", "trust level 4 or more"; "trusted anchors only" and the like
 * mean {@value #TRUSTED}. A level beyond the scale is unread.
 */
final class TrustRule implements SentenceRule {
  /** What the bare word "trusted" asks for. */
  static final int TRUSTED = 4;

  private static final Pattern LEVEL =
      Pattern.compile(
          "\\btrust(?:ed)?(?: level)?(?: of)?(?: at least)? (?<level>\\d{1,3})\\b(?: or (?:more|higher))?",
          CASE_INSENSITIVE);
  private static final Pattern WORD =
      Pattern.compile(
          "(?:\\b(?:on|in|at|only) )*\\btrust(?:ed|worthy)"
              + " (?:anchors?|places?|providers?|servers?|sites?|hosts?|operators?)(?: only)?\\b",
          CASE_INSENSITIVE);

  @Override
  public void apply(Draft draft) {
    draft.take(
        WORD,
        _ -> {
          draft.add(atLeast(TRUSTED));
          return true;
        });
    draft.take(LEVEL, match -> readLevel(draft, match));
  }

  private static boolean readLevel(Draft draft, MatchResult match) {
    int level = Integer.parseInt(match.group("level"));
    if (level > Anchor.TRUST_MAX) {
      draft.unread(LimitKind.TRUST);
    } else {
      draft.add(atLeast(level));
    }
    return true;
  }

  private static Limits atLeast(int level) {
    return new Limits(null, null, level, null);
  }
}
