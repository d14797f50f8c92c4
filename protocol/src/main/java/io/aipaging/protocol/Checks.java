package io.aipaging.protocol;

import java.time.Instant;
import java.util.regex.Pattern;

/** Argument checks whose messages name the member and never its value. */
final class Checks {
  private static final Form ID = Form.of("A-Za-z0-9._:-", 1, 128);
  private static final Form OPAQUE = Form.of("A-Za-z0-9_-", 8, 64);
  private static final Form DIGITS = Form.of("0-9", 1, 64);
  private static final Form NATURAL = new Form("1-9", "0-9", 1, 5);
  private static final long COUNTER_MAX = (1L << 53) - 1;
  private static final Instant TIME_MAX = Instant.parse("9999-12-31T23:59:59.999Z");

  private Checks() {}

  static void matches(String member, String value, Pattern pattern) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(member + " must match " + pattern);
    }
  }

  static void matches(String member, String value, Form form) {
    if (!form.fits(value)) {
      throw new IllegalArgumentException(member + " must match " + form);
    }
  }

  static void id(String member, String value) {
    matches(member, value, ID);
  }

  static boolean isId(String value) {
    return ID.fits(value);
  }

  static void opaque(String member, String value) {
    matches(member, value, OPAQUE);
  }

  /** A decimal number of up to five digits without sign and leading zeros. */
  static int natural(String member, String text) {
    if (!text.equals("0")) {
      matches(member, text, NATURAL);
    }
    return Integer.parseInt(text);
  }

  /** A counter every JSON reader keeps exactly (RFC 8785 section 3.2.2.3: below 2^53). */
  static void counter(String member, long value) {
    that(value >= 1 && value <= COUNTER_MAX, member + " must be 1 to 2^53-1");
  }

  /** A time that {@link Claims} can read back. */
  static void time(String member, Instant value) {
    that(
        !value.isBefore(Instant.EPOCH) && !value.isAfter(TIME_MAX),
        member + " must be of the years 1970 to 9999");
  }

  /** Opaque, and not by mistake the subscriber's own identity. */
  static void pseudonym(String member, String value) {
    opaque(member, value);
    String number = value.substring(value.lastIndexOf('-') + 1);
    boolean prefixed = value.equals("imsi-" + number) || value.equals("msisdn-" + number);
    that(
        !(DIGITS.fits(number) && (prefixed || number.equals(value))),
        member + " must be a pseudonym");
  }

  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
