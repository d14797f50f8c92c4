package io.aipaging.aipf.lease.postgres;

import io.aipaging.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a list goes on: after this id. Opaque to its reader. */
final class PageToken {
  private static final int CHARACTERS_MAX = 128;

  private PageToken() {}

  static String of(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.US_ASCII));
  }

  static String parse(String token) {
    if (token.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException("not a page token");
    }
    byte[] id = Base64.getUrlDecoder().decode(token);
    return new SessionId(new String(id, StandardCharsets.US_ASCII)).value();
  }
}
