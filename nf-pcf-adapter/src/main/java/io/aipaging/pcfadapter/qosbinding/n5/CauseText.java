package io.aipaging.pcfadapter.qosbinding.n5;

import java.util.regex.Pattern;

/** Application errors as a core sends them: passed on only where they look like one. */
final class CauseText {
  private static final Pattern CAUSE = Pattern.compile("[A-Z][A-Z0-9_]{1,79}");

  private CauseText() {}

  static String of(String text) {
    return orElse(text, "");
  }

  static String orElse(String text, String otherwise) {
    return CAUSE.matcher(text).matches() ? text : otherwise;
  }
}
