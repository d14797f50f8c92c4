package io.aipaging.sbi.nrf;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The order in which to try producers of a service: who could not be reached of late comes last, so
 * that a dead one that an NRF still names (TS 29.510 §5.2.2.7 leaves it time) costs a wait now and
 * then, not with every request. Thread-safe.
 */
public final class Candidates {
  /** How long a failure counts. */
  static final Duration AVOIDED = Duration.ofSeconds(10);

  private static final int KNOWN_MAX = 64;

  private final LongSupplier nanoTime;
  private final Map<URI, Long> failedAt = new ConcurrentHashMap<>();

  /**
   * Nobody has failed yet.
   *
   * @param nanoTime monotonic, in nanoseconds
   */
  public Candidates(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The same producers in the order to try them; otherwise the order stays. */
  public List<URI> inOrder(List<URI> producers) {
    if (failedAt.isEmpty()) {
      return producers;
    }
    return Stream.concat(
            producers.stream().filter(producer -> !isAvoided(producer)),
            producers.stream().filter(this::isAvoided))
        .toList();
  }

  /** It could not be reached. */
  public void failed(URI producer) {
    failedAt.keySet().removeIf(known -> !isAvoided(known));
    if (failedAt.size() < KNOWN_MAX) {
      failedAt.put(producer, nanoTime.getAsLong());
    }
  }

  /** It has answered, whatever. */
  public void answered(URI producer) {
    failedAt.remove(producer);
  }

  private boolean isAvoided(URI producer) {
    Long at = failedAt.get(producer);
    return at != null && nanoTime.getAsLong() - at < AVOIDED.toNanos();
  }
}
