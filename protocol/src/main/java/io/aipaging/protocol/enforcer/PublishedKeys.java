package io.aipaging.protocol.enforcer;

import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.VerificationKeys;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys an AIPF Set publishes. A known {@code kid} is answered at once, also while somebody
 * fetches or the Set is silent: packets and requests wait for no AIPF. An unknown one waits for a
 * fetch, at most one a second whoever asks for what.
 *
 * <p>{@link #refresh} is to be called every {@link #REFRESH_EVERY}, so a key taken back is believed
 * no longer than that, plus the time of one fetch. While the Set is silent its last keys are kept
 * for an hour: an enforcer must go on obeying {@code end}s, and what else they verify expires by
 * itself. Thread-safe.
 */
public final class PublishedKeys implements VerificationKeys {
  /** How often {@link #refresh} should be called. */
  public static final Duration REFRESH_EVERY = Duration.ofSeconds(30);

  /** How long the source should take at most to answer or fail. */
  public static final Duration FETCH_TIME_MAX = Duration.ofSeconds(2);

  private static final long FETCH_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long USABLE_NANOS = Duration.ofHours(1).toNanos();

  private final Supplier<List<Map<String, Object>>> source;
  private final LongSupplier nanos;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched fetched;
  private @Nullable Long attemptedAt; // guarded by fetching

  /**
   * Keys of one Set; nothing is fetched yet.
   *
   * @param source the JWKS members published now; blocks for {@link #FETCH_TIME_MAX} at most and
   *     throws when it does not know
   * @param nanos monotonic, such as {@code System::nanoTime}
   */
  public PublishedKeys(Supplier<List<Map<String, Object>>> source, LongSupplier nanos) {
    this.source = source;
    this.nanos = nanos;
  }

  @Override
  public @Nullable ECPublicKey find(String kid) {
    ECPublicKey key = known(kid);
    if (key == null) {
      refresh();
      key = known(kid);
    }
    return key;
  }

  /**
   * Fetches the keys unless that was tried within the last second; a failure keeps the old ones.
   * Waits while another thread fetches.
   */
  public void refresh() {
    fetching.lock();
    try {
      Long attempted = attemptedAt;
      if (attempted == null || nanos.getAsLong() - attempted >= FETCH_INTERVAL_NANOS) {
        fetch();
        attemptedAt = nanos.getAsLong();
      }
    } finally {
      fetching.unlock();
    }
  }

  /** Whether there are keys to verify with. */
  public boolean available() {
    return usable() != null;
  }

  private void fetch() {
    long asked = nanos.getAsLong();
    try {
      fetched = new Fetched(KeySet.ofJwks(source.get()), asked);
    } catch (RuntimeException silentOrNonsense) {
      // Whatever keeps the Set from answering well: its last good keys stay for as long as they
      // may, and who waits for keys sees that there are none.
    }
  }

  private @Nullable ECPublicKey known(String kid) {
    Fetched last = usable();
    return last == null ? null : last.keys().find(kid);
  }

  private @Nullable Fetched usable() {
    Fetched last = fetched;
    return last == null || nanos.getAsLong() - last.atNanos() > USABLE_NANOS ? null : last;
  }

  /** Keys and when they were asked for. */
  private record Fetched(KeySet keys, long atNanos) {}
}
