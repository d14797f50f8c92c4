package io.aipaging.aipf.keys;

import io.aipaging.protocol.SigningKeys;
import java.util.List;
import java.util.Set;

/**
 * What an operator's key files say.
 *
 * @param keys one of each key; the first is the one to sign with. None of them is revoked
 * @param revoked ids of keys that must not be believed any more
 */
public record ListedKeys(List<SigningKeys> keys, Set<String> revoked) {
  public ListedKeys {
    keys = List.copyOf(keys);
    revoked = Set.copyOf(revoked);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no key that may sign");
    }
    if (keys.stream().map(SigningKeys::kid).anyMatch(revoked::contains)) {
      throw new IllegalArgumentException("a key is revoked and may not sign");
    }
  }

  /** Keys of which none is revoked. */
  public static ListedKeys of(SigningKeys keys) {
    return new ListedKeys(keys.each(), Set.of());
  }
}
