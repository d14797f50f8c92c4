package io.aipaging.simulation.run;

import io.aipaging.simulation.variant.Variant;
import io.aipaging.simulation.world.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs histories on a few threads. Which thread runs one changes nothing in it. */
public final class Simulation {
  /** Violations that are kept; of more only the number is. */
  private static final int FINDINGS_MAX = 20;

  private final Supplier<Variant> variants;
  private final int threads;
  private final boolean onlyFirst;

  private Simulation(Supplier<Variant> variants, int threads, boolean onlyFirst) {
    this.variants = variants;
    this.threads = threads;
    this.onlyFirst = onlyFirst;
  }

  /** Runs histories of {@code variants}, one each, on {@code threads} threads. */
  public static Simulation of(Supplier<Variant> variants, int threads) {
    return new Simulation(variants, threads, false);
  }

  /** As this, but begins no more histories once one has a violation. */
  public Simulation untilFirst() {
    return new Simulation(variants, threads, true);
  }

  /** The history of {@code seed}; {@code out} gets its readable trace, or is null. */
  public static History.Outcome one(long seed, Variant variant, @Nullable Appendable out) {
    return new History(seed, variant, out).run();
  }

  /** Runs them. */
  public Summary run(Seeds seeds) {
    Job job = new Job(seeds);
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(workers.submit(() -> work(job)));
      }
      for (Future<?> worker : running) {
        var _ = worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a history could not be run", e.getCause());
    }
    return job.summary();
  }

  private void work(Job job) {
    Tally tally = new Tally();
    for (long seed = job.next(); seed < job.end(); seed = job.next()) {
      History.Outcome outcome;
      try {
        outcome = one(seed, variants.get(), null);
      } catch (RuntimeException e) {
        throw new IllegalStateException("history of seed " + seed, e);
      }
      tally.add(seed, outcome);
      if (outcome.violation() != null && onlyFirst) {
        job.stop();
      }
    }
    job.add(tally);
  }

  /** What one thread counts. */
  private static final class Tally {
    private long histories;
    private long steps;
    private long violations;
    private final List<Finding> findings = new ArrayList<>();
    private final SortedMap<String, Long> coverage = new TreeMap<>();

    void add(long seed, History.Outcome outcome) {
      histories++;
      steps += outcome.steps();
      outcome.coverage().forEach((what, times) -> coverage.merge(what, (long) times, Long::sum));
      if (outcome.violation() != null) {
        violations++;
        if (findings.size() < FINDINGS_MAX) {
          findings.add(new Finding(seed, outcome.violation()));
        }
      }
    }
  }

  private static final class Job {
    private final Seeds seeds;
    private final AtomicLong next;
    private final long began = System.nanoTime();
    private final List<Tally> tallies = new ArrayList<>();
    private volatile boolean stopped;

    Job(Seeds seeds) {
      this.seeds = seeds;
      this.next = new AtomicLong(seeds.first());
    }

    long end() {
      return seeds.first() + seeds.count();
    }

    /** The next seed, or {@link #end} when there is none. */
    long next() {
      return stopped || took().compareTo(seeds.timeMax()) >= 0 ? end() : next.getAndIncrement();
    }

    void stop() {
      stopped = true;
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - began);
    }

    synchronized void add(Tally tally) {
      tallies.add(tally);
    }

    synchronized Summary summary() {
      Duration took = took();
      SortedMap<String, Long> coverage = new TreeMap<>();
      TreeSet<Finding> findings = new TreeSet<>(java.util.Comparator.comparingLong(Finding::seed));
      for (Tally tally : tallies) {
        tally.coverage.forEach((what, times) -> coverage.merge(what, times, Long::sum));
        findings.addAll(tally.findings);
      }
      return new Summary(
          tallies.stream().mapToLong(tally -> tally.histories).sum(),
          took,
          tallies.stream().mapToLong(tally -> tally.steps).sum(),
          tallies.stream().mapToLong(tally -> tally.violations).sum(),
          findings.stream().limit(FINDINGS_MAX).toList(),
          coverage);
    }
  }
}
