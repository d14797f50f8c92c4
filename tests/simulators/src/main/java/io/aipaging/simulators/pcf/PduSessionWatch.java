package io.aipaging.simulators.pcf;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Watches what would crash a real core: a second operation of one PDU session while one is in
 * flight, or one too soon after the previous answer. Not thread-safe.
 */
final class PduSessionWatch {
  private static final int KEPT_MAX = 1_000;
  private static final Duration RECENT = Duration.ofSeconds(10);
  private static final int RECENT_MAX = 200;

  /**
   * One violation.
   *
   * @param kind {@code OVERLAP}, {@code PACING}, {@code HAMMERED}, {@code SCHEMA}, {@code
   *     NEVER_INSTALLED}, {@code UNGUARANTEED}, {@code SPOILT} or {@code LEFT_BEHIND}
   * @param ue UE address
   * @param operation operation at fault
   * @param detail what was wrong
   */
  record Violation(String kind, String ue, String operation, String detail) {}

  private final Duration gapMin;
  private final LongSupplier nanoTime;
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final Map<String, Long> answeredAt = new HashMap<>();
  private final Map<String, Deque<Long>> recent = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  PduSessionWatch(Duration gapMin, LongSupplier nanoTime) {
    this.gapMin = gapMin;
    this.nanoTime = nanoTime;
  }

  /** What of a beginning operation harms a PCF. */
  enum Harm {
    NONE,
    TOO_SOON,
    OVERLAP
  }

  Harm begin(String ue, Operation operation) {
    int others = inFlight.merge(ue, 1, Integer::sum) - 1;
    Long before = answeredAt.get(ue);
    if (others > 0) {
      add(new Violation("OVERLAP", ue, operation.name(), others + " in flight"));
      return Harm.OVERLAP;
    }
    if (before != null && nanoTime.getAsLong() - before < gapMin.toNanos()) {
      Duration gap = Duration.ofNanos(nanoTime.getAsLong() - before);
      add(new Violation("PACING", ue, operation.name(), "after " + gap));
      return Harm.TOO_SOON;
    }
    return Harm.NONE;
  }

  /** Notes an operation, and whether there were more of late than a PCF keeps up with. */
  void paced(String ue, Operation operation) {
    long now = nanoTime.getAsLong();
    Deque<Long> some = recent.computeIfAbsent(ue, _ -> new ArrayDeque<>());
    some.addLast(now);
    while (now - some.getFirst() > RECENT.toNanos()) {
      some.removeFirst();
    }
    if (some.size() > RECENT_MAX) {
      add(new Violation("HAMMERED", ue, operation.name(), some.size() + " in " + RECENT));
      some.clear();
    }
  }

  void end(String ue) {
    inFlight.computeIfPresent(ue, (key, count) -> count == 1 ? null : count - 1);
    answeredAt.put(ue, nanoTime.getAsLong());
  }

  void add(Violation violation) {
    if (violations.size() < KEPT_MAX) {
      violations.add(violation);
    }
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  void clear() {
    violations.clear();
  }
}
