package io.aipaging.protocol;

import java.util.regex.Pattern;

/** Argument checks whose messages name the member and never its value. */
final class Checks {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  private Checks() {}

  static void matches(String member, String value, Pattern pattern) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(member + " must match " + pattern);
    }
  }

  static void id(String member, String value) {
    matches(member, value, ID);
  }

  static void opaque(String member, String value) {
    matches(member, value, OPAQUE);
  }

  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
