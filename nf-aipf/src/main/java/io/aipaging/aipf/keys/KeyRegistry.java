package io.aipaging.aipf.keys;

import io.aipaging.protocol.SigningKeys;
import java.util.List;
import java.util.Map;

/**
 * Port: what verifies everything that may still be in use and was signed by any replica of the Set.
 * A replica's keys are in it before it signs, and stay until what it signed has expired.
 */
@FunctionalInterface
public interface KeyRegistry {
  /** Most keys of a Set: who verifies takes no more. */
  int KEYS_MAX = 16;

  /** JWKS members (RFC 7517) of all keys, 1 to {@link #KEYS_MAX}. Thread-safe, never fails. */
  List<Map<String, Object>> published();

  /** Of a Set of one replica: its own. */
  static KeyRegistry own(SigningKeys keys) {
    List<Map<String, Object>> members = keys.jwks();
    return () -> members;
  }
}
