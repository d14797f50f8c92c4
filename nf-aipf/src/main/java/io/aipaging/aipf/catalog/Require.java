package io.aipaging.aipf.catalog;

import java.time.Duration;
import java.util.regex.Pattern;

/** Argument checks of the catalogue's values. */
final class Require {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
  private static final int TEXT_CHARACTERS_MAX = 200;

  private Require() {}

  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  static void id(String member, String value) {
    that(ID.matcher(value).matches(), member + " must match " + ID);
  }

  /** A member of an open enumeration, such as {@code EMBEDDING}. */
  static void code(String member, String value) {
    that(CODE.matcher(value).matches(), member + " must match " + CODE);
  }

  static void text(String member, String value) {
    that(
        !value.isBlank() && value.length() <= TEXT_CHARACTERS_MAX,
        member + " must have 1 to " + TEXT_CHARACTERS_MAX + " characters");
  }

  static void between(String member, Duration value, Duration min, Duration max) {
    that(
        value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
        member + " must be " + min + " to " + max);
  }
}
