package io.aipaging.protocol;

/**
 * Where the signatures of tokens come from: {@link SigningKeys} everywhere but in the simulation,
 * which runs on keyed hashes.
 */
@FunctionalInterface
public interface TokenSigning {
  /** A signer of tokens with that {@code typ}; thread-safe. */
  Signer forType(String type);

  /** Signs. */
  @FunctionalInterface
  interface Signer {
    /** The compact serialization of {@code payload}. */
    String sign(String payload);
  }
}
