package io.aipaging.bench;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.Ue;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Pages one after the other, each by another UE, and releases what it paged; the release is not
 * measured. Warm-up pages come first and do not count.
 */
public final class PageBenchmark {
  private static final Duration CALL_TIME = Duration.ofSeconds(10);
  private static final Duration START_TIME = Duration.ofSeconds(30);
  private static final int UNAVAILABLE = 503;

  /** UEs of this number and above are none that paged before. */
  private static final int BESIDE_FROM = 100_000;

  private static final double MIB = 1 << 20;
  private static final Duration APART = Duration.ofMillis(100);

  private final NaipfPaging aipf;
  private final IntFunction<String> ueAddress;
  private final Map<Stage, Samples> stages = new EnumMap<>(Stage.class);
  private final Samples total = new Samples();
  private final AtomicLong knownNanos = new AtomicLong();

  /** The stages of a page, in order. */
  public enum Stage {
    /** Intent to service to ranked anchors. */
    RESOLVE,
    /** Slot and QoS binding, in parallel. */
    PREPARE,
    /** COMMIT and AIST. */
    SIGN,
    /** Durable writes. */
    STORE,
    /** Post, steer and confirm, in parallel, then the probe. */
    INSTALL,
    /** What is left: parsing, rendering and the way there and back. */
    ANSWER
  }

  /**
   * A benchmark.
   *
   * @param aipf the AIPF as its consumers reach it
   * @param ueAddress the n-th UE's address
   */
  public PageBenchmark(NaipfPaging aipf, IntFunction<String> ueAddress) {
    this.aipf = aipf;
    this.ueAddress = ueAddress;
    for (Stage stage : Stage.values()) {
      stages.put(stage, new Samples());
    }
  }

  /**
   * Figures of one run.
   *
   * @param pages pages measured
   * @param total whole page, as its consumer sees it
   * @param stages each stage
   * @param besideStalled the same beside UEs of whom the core says nothing; null if not measured
   */
  public record Result(
      int pages, Quantiles total, Map<String, Quantiles> stages, @Nullable Beside besideStalled) {
    /** The same, and what was measured beside UEs of whom the core says nothing. */
    public Result with(Beside stalled) {
      return new Result(pages, total, stages, stalled);
    }
  }

  /**
   * Pages of some UEs while the core leaves others without an answer, measured right after the
   * pages without such neighbours.
   *
   * @param stalled UEs whose pages hang at the core all the while
   * @param total whole page of another UE
   * @param p99Ratio its 99th percentile over that without stalled UEs
   * @param heapGrownMib live heap while they hang, at the end, less that before, MiB
   */
  public record Beside(int stalled, Quantiles total, double p99Ratio, double heapGrownMib) {}

  /** Milliseconds. */
  public record Quantiles(double p50Ms, double p99Ms) {
    static Quantiles of(Samples samples) {
      return new Quantiles(millis(samples, 50), millis(samples, 99));
    }

    private static double millis(Samples samples, double percent) {
      return Math.round(samples.percentile(percent).toNanos() / 1e3) / 1e3;
    }
  }

  /** Told by the AIPF how long a stage of a page took; not {@link Stage#ANSWER}. */
  public void took(Stage stage, Duration time) {
    knownNanos.addAndGet(time.toNanos());
    Samples samples = stages.get(stage);
    if (samples != null) {
      samples.add(time);
    }
  }

  /** Pages {@code warmUp} times uncounted, then {@code pages} times. */
  public Result run(int warmUp, int pages) {
    awaitService();
    for (int i = 0; i < warmUp; i++) {
      page(i);
    }
    total.clear();
    stages.values().forEach(Samples::clear);
    for (int i = 0; i < pages; i++) {
      page(warmUp + i);
    }
    Map<String, Quantiles> measured = new LinkedHashMap<>();
    stages.forEach((stage, samples) -> measured.put(name(stage), Quantiles.of(samples)));
    return new Result(pages, Quantiles.of(total), measured, null);
  }

  /**
   * Pages {@code alone.pages()} times more while {@code stalled} others page without end, of whom
   * the core says nothing.
   *
   * @param stalledUe the n-th of those UEs' address
   */
  public Beside runBeside(Result alone, int stalled, IntFunction<String> stalledUe) {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger next = new AtomicInteger();
    long heapBefore = Heap.liveBytes();
    double grown;
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < stalled; i++) {
        var _ = others.submit(() -> hang(stalledUe, next, over));
        LockSupport.parkNanos(APART.toNanos()); // UEs do not all page in the same instant
      }
      total.clear();
      for (int i = 0; i < alone.pages(); i++) {
        page(BESIDE_FROM + i);
      }
      grown = Math.round(10 * (Heap.liveBytes() - heapBefore) / MIB) / 10.0;
      over.set(true);
    }
    Quantiles beside = Quantiles.of(total);
    return new Beside(
        stalled, beside, Math.round(100 * beside.p99Ms() / alone.total().p99Ms()) / 100.0, grown);
  }

  /** Pages for ever new UEs: one that the AIPF has given up still has its binding to be undone. */
  private void hang(IntFunction<String> stalledUe, AtomicInteger next, AtomicBoolean over) {
    while (!over.get()) {
      try {
        Session session = aipf.createSession(call(), wish(stalledUe.apply(next.getAndIncrement())));
        aipf.releaseSession(call(), new ReleaseSession(session.sessionId()));
      } catch (Refusal e) {
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  /** A set that has just started may not have heard of its anchors yet. */
  private void awaitService() {
    long end = System.nanoTime() + START_TIME.toNanos();
    while (true) {
      try {
        page(0);
        return;
      } catch (Refusal e) {
        if (e.status() != UNAVAILABLE || System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(100_000_000);
      }
    }
  }

  private static String name(Stage stage) {
    return stage.name().toLowerCase(java.util.Locale.ROOT);
  }

  private void page(int number) {
    CreateSession request = wish(ueAddress.apply(number));
    knownNanos.set(0);
    long start = System.nanoTime();
    Session session = aipf.createSession(call(), request);
    long tookNanos = System.nanoTime() - start;
    total.add(Duration.ofNanos(tookNanos));
    took(Stage.ANSWER, Duration.ofNanos(tookNanos - knownNanos.get()));
    aipf.releaseSession(call(), new ReleaseSession(session.sessionId()));
  }

  private static CreateSession wish(String ue) {
    Intent intent = Intent.ofText("embed my field notes, data stays in the EU");
    return new CreateSession("bench", new Ue(ue, null, null, null), intent, null, 60);
  }

  private static Call call() {
    return Call.within("bench", Instant.now(), CALL_TIME);
  }
}
