package io.aipaging.smfadapter.keys;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.VerificationKeys;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys an AIPF Set publishes. {@link #refresh} is to be called regularly; an unknown {@code
 * kid} causes another fetch, at most one a second whoever asks. While the Set is silent its last
 * keys are kept for an hour: a gate must go on obeying {@code end}s, and what else they verify
 * expires by itself. Thread-safe; blocks while it fetches.
 */
public final class PublishedKeys implements VerificationKeys {
  /** How often {@link #refresh} should be called: a revoked key is believed no longer than that. */
  public static final Duration REFRESH_EVERY = Duration.ofSeconds(30);

  private static final Duration FETCH_TIME_MAX = Duration.ofSeconds(2);
  private static final Duration FETCH_INTERVAL_MIN = Duration.ofSeconds(1);
  private static final Duration KEPT_MAX = Duration.ofHours(1);

  private final NaipfKeyinfo set;
  private final String consumer;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched fetched;
  private @Nullable Long attemptedNanos;

  /** Wall time for deadlines, monotonic time for ages. */
  public interface Clock {
    /** Wall time. */
    Instant wall();

    /** Monotonic time. */
    long nanos();
  }

  private record Fetched(KeySet keys, long nanos) {}

  /** Keys of {@code set}, fetched in the name of {@code consumer}. */
  public PublishedKeys(NaipfKeyinfo set, String consumer, Clock clock) {
    this.set = set;
    this.consumer = consumer;
    this.clock = clock;
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
   */
  public void refresh() {
    fetching.lock();
    try {
      Long attempted = attemptedNanos;
      if (attempted == null || clock.nanos() - attempted >= FETCH_INTERVAL_MIN.toNanos()) {
        fetch();
        attemptedNanos = clock.nanos();
      }
    } finally {
      fetching.unlock();
    }
  }

  private void fetch() {
    try {
      Call call = Call.within(consumer, clock.wall(), FETCH_TIME_MAX);
      fetched = new Fetched(KeySet.ofJwks(set.getKeys(call, new GetKeys()).keys()), clock.nanos());
    } catch (Refusal | IllegalArgumentException unreachableOrNonsense) {
      // The last good keys stay for as long as they may.
    }
  }

  /** Whether there are keys to verify with. */
  public boolean available() {
    return usable() != null;
  }

  private @Nullable ECPublicKey known(String kid) {
    Fetched last = usable();
    return last == null ? null : last.keys().find(kid);
  }

  private @Nullable Fetched usable() {
    Fetched last = fetched;
    return last == null || clock.nanos() - last.nanos() > KEPT_MAX.toNanos() ? null : last;
  }
}
