package io.aipaging.protocol;

/**
 * What a verifier believes a token by: ES256 signatures of published keys everywhere but in the
 * simulation, which runs on keyed hashes.
 */
@FunctionalInterface
public interface TokenReading {
  /**
   * The payload of a token whose signature is good.
   *
   * @param type {@code typ} expected
   * @throws TokenRejected when it is not to be believed
   */
  String payload(String token, String type) throws TokenRejected;
}
