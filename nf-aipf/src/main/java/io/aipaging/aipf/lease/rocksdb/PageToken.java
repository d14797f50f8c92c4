package io.aipaging.aipf.lease.rocksdb;

import java.util.Base64;

/** Where a list goes on: after this entry. Opaque to its reader. */
final class PageToken {
  private static final int CHARACTERS_MAX = 128;

  private PageToken() {}

  static String of(byte[] last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last);
  }

  static byte[] parse(String token) {
    if (token.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException("not a page token");
    }
    return Base64.getUrlDecoder().decode(token);
  }
}
