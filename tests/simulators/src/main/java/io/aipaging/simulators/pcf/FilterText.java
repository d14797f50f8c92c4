package io.aipaging.simulators.pcf;

import java.util.regex.Pattern;

/** IPFilterRule as both open cores take it: numeric protocol, {@code out} or {@code in}. */
final class FilterText {
  private static final String PEER = "[0-9A-Fa-f:.]+(/\\d{1,3})?( \\d{1,5})?";
  private static final String PEERS = " from " + PEER + " to " + PEER;
  private static final Pattern USABLE = Pattern.compile("permit (out|in) (ip|\\d{1,3})" + PEERS);
  private static final Pattern NAMED = Pattern.compile("permit (out|in) (udp|tcp|sctp)" + PEERS);
  private static final Pattern BOTH_WAYS = Pattern.compile("permit inout (ip|\\d{1,3})" + PEERS);

  private FilterText() {}

  static boolean isUsable(String text) {
    return USABLE.matcher(text).matches();
  }

  /** Usable but for a protocol that is no number. */
  static boolean namesItsProtocol(String text) {
    return NAMED.matcher(text).matches();
  }

  /** Usable but for being about both directions. */
  static boolean isBothWays(String text) {
    return BOTH_WAYS.matcher(text).matches();
  }
}
