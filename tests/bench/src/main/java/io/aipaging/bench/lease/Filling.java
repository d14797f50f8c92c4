package io.aipaging.bench.lease;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.protocol.Crypto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Fills stores by the way an import takes: the rows and evidence are those that pages write. */
final class Filling {
  private static final int TOGETHER = 1_000;
  private static final int AHEAD = 8;

  private Filling() {}

  /**
   * A new store in {@code folder}.
   *
   * @param sessions how many
   * @param life the n-th session's transitions
   */
  static void fill(
      Path folder, RocksDbLimits limits, long sessions, LongFunction<List<Transition>> life) {
    BlockingQueue<List<StoreDump.Part>> made = new ArrayBlockingQueue<>(AHEAD);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread maker =
        Thread.ofPlatform()
            .name("bench-seeds")
            .daemon()
            .start(
                () -> {
                  try {
                    make(sessions, life, made);
                  } catch (RuntimeException | InterruptedException e) {
                    failure.set(e);
                  }
                });
    try (StoreFill store = RocksDbStores.fill(folder, limits)) {
      for (long left = sessions; left > 0; ) {
        List<StoreDump.Part> parts = next(made, maker);
        store.add(parts);
        left -= parts.size();
      }
      store.done();
    } finally {
      maker.interrupt();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("sessions could not be made", failure.get());
    }
  }

  private static List<StoreDump.Part> next(BlockingQueue<List<StoreDump.Part>> made, Thread maker) {
    try {
      while (true) {
        List<StoreDump.Part> parts = made.poll(1, TimeUnit.SECONDS);
        if (parts != null) {
          return parts;
        }
        if (!maker.isAlive() && made.isEmpty()) {
          throw new IllegalStateException("no more sessions are made");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void make(
      long sessions, LongFunction<List<Transition>> life, BlockingQueue<List<StoreDump.Part>> made)
      throws InterruptedException {
    List<StoreDump.Part> parts = new ArrayList<>(TOGETHER);
    for (long number = 0; number < sessions; number++) {
      parts.add(part(life.apply(number)));
      if (parts.size() == TOGETHER || number == sessions - 1) {
        made.put(List.copyOf(parts));
        parts.clear();
      }
    }
  }

  private static StoreDump.Part part(List<Transition> life) {
    Session last = life.getLast().after();
    return new StoreDump.Part(last.id(), last, null, evidence(life));
  }

  /** Canonical records of {@code life}, chained. */
  static List<String> evidence(List<Transition> life) {
    List<String> records = new ArrayList<>(life.size());
    EvidenceHead head = EvidenceHead.START;
    for (Transition transition : life) {
      String canonical = transition.evidence().after(head).canonical();
      records.add(canonical);
      head = new EvidenceHead(head.seq() + 1, Crypto.sha256Hex(canonical));
    }
    return records;
  }
}
