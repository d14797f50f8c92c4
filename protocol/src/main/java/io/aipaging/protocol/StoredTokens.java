package io.aipaging.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads back the tokens an AIPF signed and put into its own store. Form and claims are checked, the
 * signature is <em>not</em>: the store is trusted as much as the process that wrote it, and whoever
 * the token is delivered to verifies it. What came from anywhere else is for {@link CommitVerifier}
 * and {@link AistVerifier}.
 */
public final class StoredTokens {
  private StoredTokens() {}

  /**
   * The COMMIT in a stored compact serialization.
   *
   * @throws IllegalArgumentException when it holds none; does not repeat {@code jws}
   */
  public static Commit commit(String jws) {
    return CommitClaims.read(Claims.parse(payload(jws)));
  }

  /**
   * The AIST in a stored compact serialization.
   *
   * @throws IllegalArgumentException when it holds none; does not repeat {@code jws}
   */
  public static Aist aist(String jws) {
    return AistVerifier.read(Claims.parse(payload(jws)));
  }

  private static byte[] payload(String jws) {
    int begin = jws.indexOf('.') + 1;
    int end = jws.indexOf('.', begin);
    Checks.that(begin > 0 && end > begin, "not a compact JWS");
    byte[] text = jws.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1);
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a compact JWS", e);
    }
  }
}
