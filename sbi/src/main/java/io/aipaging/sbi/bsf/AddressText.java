package io.aipaging.sbi.bsf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Addresses as TS 29.571 wants them: IPv6 by clause 4 of RFC 5952. */
public final class AddressText {
  private static final int GROUPS = 8;

  private AddressText() {}

  /** An address in that spelling. */
  public static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return address.getHostAddress();
    }
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      groups.add(Integer.toHexString(((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff)));
    }
    return shortened(groups);
  }

  /** Replaces the first longest run of at least two zero groups. */
  private static String shortened(List<String> groups) {
    int from = 0;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && groups.get(i + run).equals("0")) {
        run++;
      }
      if (run > length) {
        from = i;
        length = run;
      }
    }
    if (length < 2) {
      return String.join(":", groups);
    }
    return String.join(":", groups.subList(0, from))
        + "::"
        + String.join(":", groups.subList(from + length, GROUPS));
  }
}
