package io.aipaging.sbi.oauth;

import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was found good, so that a consumer's next call costs no curve arithmetic.
 * An entry counts only together with the key it was verified by: a withdrawn key takes its tokens
 * along. Bounded; the least recently used goes first.
 */
final class VerifiedTokens {
  private final int max;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  VerifiedTokens(int max) {
    this.max = max;
  }

  @Nullable AccessToken get(String compact, PublicKey key) {
    lock.lock();
    try {
      Entry entry = entries.get(compact);
      return entry != null && entry.key().equals(key) ? entry.token() : null;
    } finally {
      lock.unlock();
    }
  }

  void put(String compact, PublicKey key, AccessToken token) {
    lock.lock();
    try {
      entries.put(compact, new Entry(key, token));
      if (entries.size() > max) {
        Map.Entry<String, Entry> eldest = entries.firstEntry();
        entries.remove(eldest.getKey());
      }
    } finally {
      lock.unlock();
    }
  }

  private record Entry(PublicKey key, AccessToken token) {}
}
