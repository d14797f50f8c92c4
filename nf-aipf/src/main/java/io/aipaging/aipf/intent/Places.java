package io.aipaging.aipf.intent;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.aipaging.aipf.catalog.Residency;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Places by their English names: all countries, some in common short forms, and the European Union.
 * "Europe" means the Union, the narrower of what it may mean; "US" counts in capitals only, since
 * "us" is a pronoun.
 */
final class Places {
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("eu", Residency.EU),
          Map.entry("e.u.", Residency.EU),
          Map.entry("european union", Residency.EU),
          Map.entry("europe", Residency.EU),
          Map.entry("uk", "GB"),
          Map.entry("great britain", "GB"),
          Map.entry("britain", "GB"),
          Map.entry("england", "GB"),
          Map.entry("scotland", "GB"),
          Map.entry("usa", "US"),
          Map.entry("u.s.", "US"),
          Map.entry("united states of america", "US"),
          Map.entry("america", "US"),
          Map.entry("holland", "NL"),
          Map.entry("czech republic", "CZ"),
          Map.entry("turkey", "TR"),
          Map.entry("korea", "KR"));

  private final Map<String, String> codes = new HashMap<>(OTHER_NAMES);
  private final Set<String> languages = new HashSet<>();
  private final Pattern one;

  Places() {
    for (String code : Locale.getISOCountries()) {
      String name = Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
      codes.put(name.toLowerCase(Locale.ROOT), code);
    }
    for (String code : Locale.getISOLanguages()) {
      languages.add(Locale.of(code).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT));
    }
    one = Pattern.compile("(?<!\\w)" + regex(), CASE_INSENSITIVE);
  }

  /** Matches one place; contains no capturing group. */
  String regex() {
    String names =
        codes.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return "(?:(?-i:US)(?!\\w)|(?i:" + names + ")(?!\\w))";
  }

  /** The codes of all places named in {@code text}. */
  Set<String> codesIn(String text) {
    Set<String> found = new TreeSet<>();
    one.matcher(text).results().forEach(match -> found.add(codeOf(match.group())));
    return found;
  }

  /** Whether {@code word} is the English name of a language. */
  boolean isLanguage(String word) {
    return languages.contains(word.toLowerCase(Locale.ROOT));
  }

  private String codeOf(String name) {
    return name.equals("US") ? "US" : codes.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }
}
