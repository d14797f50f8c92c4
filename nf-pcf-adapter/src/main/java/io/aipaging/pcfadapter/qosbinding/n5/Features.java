package io.aipaging.pcfadapter.qosbinding.n5;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Supported features (TS 29.571 {@code SupportedFeatures}, TS 29.500 §6.6): the first one is the
 * lowest bit of the last digit.
 */
record Features(BigInteger bits) {
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{1,64}");
  private static final int RADIX = 16;

  /** Reads them; what is no hexadecimal number of at most 64 digits is none. */
  static Features parse(String text) {
    return new Features(
        HEX.matcher(text).matches() ? new BigInteger(text, RADIX) : BigInteger.ZERO);
  }

  /** Whether one is among them, 1 for the first. */
  boolean has(int number) {
    return bits.testBit(number - 1);
  }

  Features with(int number) {
    return new Features(bits.setBit(number - 1));
  }

  String toHex() {
    return bits.toString(RADIX).toUpperCase(Locale.ROOT);
  }
}
