package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches durable, many at once: while one write is being synced, the batches that arrive
 * wait and go together into the next. Its thread is a thread of the platform, because a sync would
 * hold the carrier of a virtual one. After a write that failed nothing is written any more: what of
 * it reached the disk is not known before the store is opened again.
 */
final class GroupCommit implements AutoCloseable {
  private static final int WAITING_MAX = 65_536;
  private static final int GROUP_MAX = 1_024;
  private static final int GROUP_BYTES_MAX = 4 << 20;
  private static final Duration LAST_WRITE = Duration.ofSeconds(30);
  private final Database database;
  private final Acknowledged acknowledged;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicReference<@Nullable StoreUnavailable> failed = new AtomicReference<>();
  private final Thread thread;
  private long sessions;

  /**
   * Begins to write.
   *
   * @param sessions how many sessions there are
   */
  GroupCommit(Database database, Acknowledged acknowledged, long sessions) {
    this.database = database;
    this.acknowledged = acknowledged;
    this.sessions = sessions;
    this.thread = Thread.ofPlatform().name("aipf-store").daemon().start(this::run);
  }

  private record Waiting(Batch batch, CompletableFuture<Void> durable) {}

  /** Becomes done when {@code batch} is durable, or fails with {@link StoreUnavailable}. */
  CompletableFuture<Void> write(Batch batch) {
    Waiting waiting = new Waiting(batch, new CompletableFuture<>());
    StoreUnavailable failure = failed.get();
    if (failure == null && !queue.offer(waiting)) {
      failure = new StoreUnavailable("too many writes wait for the store");
    }
    if (failure != null) {
      waiting.durable.completeExceptionally(failure);
    } else if (failed.get() != null) {
      refuseWaiting();
    }
    return waiting.durable;
  }

  /** Why nothing is written any more, or null. */
  @Nullable StoreUnavailable failure() {
    return failed.get();
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    while (failed.get() == null) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        failed.compareAndSet(null, new StoreUnavailable("the store is closed"));
        break;
      }
      fill(group);
      write(group);
      group.clear();
    }
    refuseWaiting();
  }

  private void fill(List<Waiting> group) {
    int bytes = group.getFirst().batch.bytes();
    while (group.size() < GROUP_MAX && bytes < GROUP_BYTES_MAX) {
      Waiting next = queue.poll();
      if (next == null) {
        return;
      }
      group.add(next);
      bytes += next.batch.bytes();
    }
  }

  private void write(List<Waiting> group) {
    try {
      database.write(together(group));
      acknowledged.upTo(database.sequence());
    } catch (RuntimeException | Error e) {
      StoreUnavailable failure =
          new StoreUnavailable("a write to the store failed; it takes no more until restarted", e);
      failed.set(failure);
      group.forEach(waiting -> waiting.durable.completeExceptionally(failure));
      return;
    }
    group.forEach(waiting -> waiting.durable.complete(null));
  }

  private List<Batch> together(List<Waiting> group) {
    List<Batch> batches = new ArrayList<>(group.size() + 1);
    int more = 0;
    for (Waiting waiting : group) {
      batches.add(waiting.batch);
      more += waiting.batch.sessions();
    }
    if (more != 0) {
      sessions += more;
      Batch count = new Batch();
      count.put(Family.META, Keys.SESSION_COUNT, Keys.number(sessions));
      batches.add(count);
    }
    return batches;
  }

  private void refuseWaiting() {
    StoreUnavailable failure = failed.get();
    for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
      waiting.durable.completeExceptionally(
          failure == null ? new StoreUnavailable("the store is closed") : failure);
    }
  }

  /** Ends the write under way and refuses those that wait. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(LAST_WRITE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
