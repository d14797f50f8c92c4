package io.aipaging.protocol;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** Chooses the signature provider once and offers the digests everybody needs. */
public final class Crypto {
  private static final Provider PROVIDER = choose(Crypto::corretto);

  private Crypto() {}

  /** ACCP where its native library loads, else BouncyCastle. */
  public static Provider provider() {
    return PROVIDER;
  }

  static Provider choose(Supplier<@Nullable Provider> preferred) {
    Provider provider;
    try {
      provider = preferred.get();
    } catch (LinkageError e) {
      // No native library for this platform: the portable provider serves as well, slower.
      provider = null;
    }
    return provider == null ? portable() : provider;
  }

  /** ACCP, or null where its native library does not load. */
  static @Nullable Provider corretto() {
    AmazonCorrettoCryptoProvider accp = AmazonCorrettoCryptoProvider.INSTANCE;
    return accp.getLoadingError() == null && accp.getService("Signature", "SHA256withECDSA") != null
        ? accp
        : null;
  }

  static Provider portable() {
    return new BouncyCastleProvider();
  }

  /** SHA-256 of the UTF-8 bytes, lower-case hexadecimal. */
  public static String sha256Hex(String text) {
    return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** SHA-256 of the US-ASCII bytes, base64url without padding (RFC 9449 {@code ath}). */
  public static String sha256Base64Url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sha256(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
