package io.aipaging.sbi.server;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.wire.Bytes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets work that must not be repeated run once per key (TS 29.500 §5.2.8): a repeat gets the first
 * answer, a repeat during the work waits for it. Bounded: when it is full the consumer with the
 * most answers loses its oldest, so that nobody else does.
 *
 * @param <A> type of answer
 */
public final class Idempotency<A> {
  private static final Duration CONGESTED_FOR = Duration.ofSeconds(1);

  private final int answersMax;
  private final long keptNanos;
  private final Predicate<A> kept;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, LinkedHashMap<String, Entry<A>>> byConsumer = new HashMap<>();
  private int size;

  /**
   * An empty memory.
   *
   * @param answersMax most answers held, over all consumers
   * @param keptFor how long an answer is held after it was given
   * @param kept whether an answer is worth keeping; others are given to whoever waits, then dropped
   * @param nanoTime monotonic clock, such as {@code System::nanoTime}
   */
  public Idempotency(int answersMax, Duration keptFor, Predicate<A> kept, LongSupplier nanoTime) {
    this.answersMax = answersMax;
    this.keptNanos = keptFor.toNanos();
    this.kept = kept;
    this.nanoTime = nanoTime;
  }

  /**
   * What makes two requests the same.
   *
   * @param consumer who asks
   * @param operationId what for
   * @param key the consumer's idempotency key
   * @param fingerprint of the request's content
   */
  public record Request(String consumer, String operationId, String key, Bytes fingerprint) {}

  /**
   * Runs {@code work} or answers as its first run did.
   *
   * @param patience longest wait for a run under way
   * @throws Refusal 409 {@code IDEMPOTENCY_KEY_REUSED} when the key came with other content, 504
   *     when the run under way takes too long, 503 when everything held is still under way
   */
  public A once(Request request, Duration patience, Callable<A> work) throws Exception {
    Entry<A> mine = new Entry<>(request.fingerprint());
    Entry<A> first = claim(request, mine);
    if (first != null) {
      return awaited(first, request, patience);
    }
    A answer;
    try {
      answer = work.call();
    } catch (Throwable e) {
      forget(request, mine);
      mine.answer.completeExceptionally(e);
      throw e;
    }
    if (kept.test(answer)) {
      mine.answeredNanos = nanoTime.getAsLong();
    } else {
      forget(request, mine);
    }
    mine.answer.complete(answer);
    return answer;
  }

  /** Answers held and runs under way. */
  public int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** Claims the key for {@code mine}; returns the earlier claim when there is one. */
  private @Nullable Entry<A> claim(Request request, Entry<A> mine) {
    lock.lock();
    try {
      expire(request.consumer());
      LinkedHashMap<String, Entry<A>> own = byConsumer.get(request.consumer());
      Entry<A> first = own == null ? null : own.get(name(request));
      if (first != null) {
        return first;
      }
      if (size >= answersMax && !evictOldestOfLargest()) {
        throw Refusal.of(503, "NF_CONGESTION", "Too many requests are in work.")
            .retryAfter(CONGESTED_FOR);
      }
      byConsumer
          .computeIfAbsent(request.consumer(), c -> new LinkedHashMap<>())
          .put(name(request), mine);
      size++;
      return null;
    } finally {
      lock.unlock();
    }
  }

  private A awaited(Entry<A> first, Request request, Duration patience) throws Exception {
    if (!first.fingerprint.equals(request.fingerprint())) {
      throw Refusal.of(
          409, "IDEMPOTENCY_KEY_REUSED", "The idempotency key was used for another request.");
    }
    try {
      return first.answer.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw Received.late();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private void forget(Request request, Entry<A> mine) {
    lock.lock();
    try {
      LinkedHashMap<String, Entry<A>> own = byConsumer.get(request.consumer());
      if (own != null && own.remove(name(request), mine)) {
        size--;
        if (own.isEmpty()) {
          byConsumer.remove(request.consumer());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void expire(String consumer) {
    LinkedHashMap<String, Entry<A>> own = byConsumer.get(consumer);
    if (own == null) {
      return;
    }
    long now = nanoTime.getAsLong();
    Iterator<Entry<A>> entries = own.values().iterator();
    while (entries.hasNext()) {
      Long answered = entries.next().answeredNanos;
      if (answered != null && now - answered >= keptNanos) {
        entries.remove();
        size--;
      }
    }
    if (own.isEmpty()) {
      byConsumer.remove(consumer);
    }
  }

  private boolean evictOldestOfLargest() {
    Map.Entry<String, LinkedHashMap<String, Entry<A>>> largest =
        byConsumer.entrySet().stream()
            .max(Comparator.comparingInt(e -> e.getValue().size()))
            .orElseThrow();
    Iterator<Entry<A>> entries = largest.getValue().values().iterator();
    while (entries.hasNext()) {
      if (entries.next().answeredNanos != null) {
        entries.remove();
        size--;
        return true;
      }
    }
    return false;
  }

  private static String name(Request request) {
    return request.operationId() + ' ' + request.key();
  }

  /** A claim and, once given, its answer. Identity is what counts. */
  private static final class Entry<A> {
    private final Bytes fingerprint;
    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private volatile @Nullable Long answeredNanos;

    Entry(Bytes fingerprint) {
      this.fingerprint = fingerprint;
    }
  }
}
