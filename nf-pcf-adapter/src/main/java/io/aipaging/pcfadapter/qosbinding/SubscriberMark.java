package io.aipaging.pcfadapter.qosbinding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * By what a subscriber is known again without keeping the SUPI: a salted digest, of its own for
 * every binding.
 *
 * @param salt 32 hexadecimal digits
 * @param digest SHA-256 of salt and SUPI, hexadecimal
 */
public record SubscriberMark(String salt, String digest) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;

  /** Of a subscriber; null where there is none to mark. */
  public static @Nullable SubscriberMark of(@Nullable String supi) {
    if (supi == null) {
      return null;
    }
    byte[] bytes = new byte[SALT_BYTES];
    RANDOM.nextBytes(bytes);
    String salt = HexFormat.of().formatHex(bytes);
    return new SubscriberMark(salt, digest(salt, supi));
  }

  /** Whether {@code supi} is that subscriber. */
  public boolean matches(String supi) {
    return digest.equals(digest(salt, supi));
  }

  private static String digest(String salt, String supi) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(HexFormat.of().parseHex(salt));
      return HexFormat.of().formatHex(sha256.digest(supi.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
