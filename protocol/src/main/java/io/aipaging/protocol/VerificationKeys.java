package io.aipaging.protocol;

import java.security.interfaces.ECPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Where a verifier finds public keys. Implementations may fetch, but at a bounded rate: a peer
 * chooses the {@code kid}.
 */
@FunctionalInterface
public interface VerificationKeys {
  /** The P-256 key with that id, or null. */
  @Nullable ECPublicKey find(String kid);
}
