package io.aipaging.aipf.keys;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Port: what the Set publishes, and until when, kept as safely as its sessions. Whoever signs says
 * so again and again; a key that nobody signs with any more ends by itself when everything it
 * signed has expired. Thread-safe.
 */
public interface KeyLedger extends KeyRegistry {
  /**
   * Publishes keys in use from now on; each ends a fixed time after the last call that names it.
   * When this returns, nobody of the Set answers without them.
   *
   * @param members JWKS members
   * @throws RuntimeException when they cannot be kept, or are more than {@link #KEYS_MAX} with
   *     those that have not ended; then nothing has changed
   */
  void publish(List<Map<String, Object>> members);

  /** Ends keys at once; throws {@link RuntimeException} when that cannot be kept. */
  void withdraw(Set<String> kids);
}
