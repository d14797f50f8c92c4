package io.aipaging.aexf.keys;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.VerificationKeys;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys an AIPF Set publishes, fetched when first needed and again when they have aged or a
 * {@code kid} is unknown, at most once per second whoever asks for what. While the Set is silent
 * its last keys stay good for an hour: what they verify expires by itself. Thread-safe; blocks
 * while it fetches.
 */
public final class PublishedKeys implements VerificationKeys {
  private static final Duration FETCH_TIME = Duration.ofSeconds(2);
  private static final long FETCH_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long USABLE_NANOS = Duration.ofHours(1).toNanos();

  private final NaipfKeyinfo set;
  private final String consumer;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched fetched;
  private volatile @Nullable Long attemptedAt;

  /**
   * Keys of one Set.
   *
   * @param consumer name this agent calls in
   * @param nanos monotonic, such as {@code System::nanoTime}
   */
  public PublishedKeys(NaipfKeyinfo set, String consumer, InstantSource clock, LongSupplier nanos) {
    this.set = set;
    this.consumer = consumer;
    this.clock = clock;
    this.nanos = nanos;
  }

  @Override
  public @Nullable ECPublicKey find(String kid) {
    Fetched known = fetched;
    ECPublicKey key = known == null ? null : known.keys().find(kid);
    if (known == null || key == null || age(known) > FRESH_NANOS) {
      refresh();
      known = fetched;
      key = known == null || age(known) > USABLE_NANOS ? null : known.keys().find(kid);
    }
    return key;
  }

  private long age(Fetched known) {
    return nanos.getAsLong() - known.atNanos();
  }

  private void refresh() {
    fetching.lock();
    try {
      Long last = attemptedAt;
      long now = nanos.getAsLong();
      if (last != null && now - last < FETCH_INTERVAL_NANOS) {
        return;
      }
      attemptedAt = now;
      Call call = Call.within(consumer, clock.instant(), FETCH_TIME);
      fetched = new Fetched(KeySet.ofJwks(set.getKeys(call, new GetKeys()).keys()), now);
    } catch (Refusal | IllegalArgumentException e) {
      // The Set is out of reach or published nonsense: what is known stays, for as long as it may.
      attemptedAt = nanos.getAsLong();
    } finally {
      fetching.unlock();
    }
  }

  /** Keys and when they were asked for. */
  private record Fetched(KeySet keys, long atNanos) {}
}
