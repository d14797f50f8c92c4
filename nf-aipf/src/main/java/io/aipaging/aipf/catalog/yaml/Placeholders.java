package io.aipaging.aipf.catalog.yaml;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:-default}} from the environment, so that one catalogue
 * serves machines whose anchors listen elsewhere. Done on parsed values: what a variable holds can
 * never become YAML.
 *
 * @param environment variables by name; an empty value counts as absent
 */
record Placeholders(Map<String, String> environment) {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?\\}");

  Placeholders {
    environment = Map.copyOf(environment);
  }

  /** Throws {@link IllegalArgumentException} for a variable without value and default. */
  String fill(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(valueOf(match)));
  }

  private String valueOf(MatchResult match) {
    String value = environment.getOrDefault(match.group(1), "");
    if (!value.isEmpty()) {
      return value;
    }
    String fallback = match.group(2);
    if (fallback == null) {
      throw new IllegalArgumentException("environment variable not set: " + match.group(1));
    }
    return fallback;
  }
}
