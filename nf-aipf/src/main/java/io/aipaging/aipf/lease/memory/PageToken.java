package io.aipaging.aipf.lease.memory;

import io.aipaging.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a list goes on: after this id. Opaque to its reader. */
final class PageToken {
  private static final int CHARACTERS_MAX = 128;

  private PageToken() {}

  static String of(SessionId last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.value().getBytes(StandardCharsets.US_ASCII));
  }

  static SessionId parse(String token) {
    if (token.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException("not a page token");
    }
    return new SessionId(
        new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII));
  }
}
