package io.aipaging.sbi.oauth;

import java.security.interfaces.ECPublicKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the public keys of a token issuer come from. */
@FunctionalInterface
public interface KeySource {
  /** The ES256 key named {@code kid}, or null when the issuer has none of that name. */
  @Nullable ECPublicKey key(String kid);

  /** A fixed set of keys by {@code kid}. */
  static KeySource of(Map<String, ECPublicKey> keys) {
    Map<String, ECPublicKey> fixed = Map.copyOf(keys);
    return fixed::get;
  }
}
