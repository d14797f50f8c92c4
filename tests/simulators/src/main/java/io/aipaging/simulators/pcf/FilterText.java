package io.aipaging.simulators.pcf;

import java.util.regex.Pattern;

/** IPFilterRule as both open cores take it: numeric protocol, {@code out} or {@code in}. */
final class FilterText {
  private static final String PEER = "[0-9A-Fa-f:.]+(/\\d{1,3})?( \\d{1,5})?";
  private static final Pattern USABLE =
      Pattern.compile("permit (out|in) (ip|\\d{1,3}) from " + PEER + " to " + PEER);

  private FilterText() {}

  static boolean isUsable(String text) {
    return USABLE.matcher(text).matches();
  }
}
