package io.aipaging.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of {@code cnf.ueh}, shared by an AIPF Set and its anchor agents: HMAC-SHA256 over session
 * id and UE address, cut to 128 bits. The token so shows no address and is useless from another.
 */
public final class UeHashKey {
  private static final int KEY_BYTES_MIN = 32;
  private static final int HASH_BYTES = 16;
  private final SecretKeySpec key;

  /**
   * The key.
   *
   * @param bytes at least 32 random bytes
   */
  public UeHashKey(byte[] bytes) {
    Checks.that(bytes.length >= KEY_BYTES_MIN, "the UE hash key needs 32 bytes or more");
    key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /** The hash for one session and UE. */
  public String hash(SessionId session, UeAddress ue) {
    return mac("ueh\n" + session.value() + "\n" + ue);
  }

  /**
   * A pseudonym for evidence and tokens, stable per {@code purpose} and unlinkable between
   * purposes.
   *
   * @param purpose whom the pseudonym is for, such as an AF id
   * @param subject who is meant: a UE address or SUPI; does not appear in the result
   */
  public String pseudonym(String purpose, String subject) {
    return mac("sub\n" + purpose + "\n" + subject);
  }

  private String mac(String message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] full = mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(full, HASH_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
