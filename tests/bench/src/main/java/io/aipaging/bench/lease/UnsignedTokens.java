package io.aipaging.bench.lease;

import io.aipaging.protocol.TokenSigning;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Tokens of the form and length of signed ones that nobody will ever verify: rows of a store that
 * is filled by the million.
 */
final class UnsignedTokens implements TokenSigning {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String SIGNATURE = "A".repeat(86);
  private static final String KEY = "k".repeat(43);

  @Override
  public Signer forType(String type) {
    String head = "{\"kid\":\"" + KEY + "\",\"typ\":\"" + type + "\",\"alg\":\"ES256\"}";
    String header = encoded(head);
    return payload -> header + "." + encoded(payload) + "." + SIGNATURE;
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
