package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.nftables.KernelTable.Timed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The elements the gate should hold, to be compared with those it holds. Not thread-safe. */
final class Wanted {
  /** How much shorter an element may live than it should: a tick and the time of a listing. */
  private static final Duration SHORTER_MAX = Duration.ofMillis(500);

  /** How much longer: it was written a little after its time was computed. */
  private static final Duration LONGER_MAX = Duration.ofMillis(20);

  private final List<SteeringStep> steps;
  private final Map<Place, Due> due = new HashMap<>();

  private record Place(String set, ByteBuffer key) {}

  /** An element, the time it should have and whether it was seen. */
  private static final class Due {
    private final Element element;
    private final Duration timeLeft;
    private final int step;
    private boolean seen;

    Due(Element element, Duration timeLeft, int step) {
      this.element = element;
      this.timeLeft = timeLeft;
      this.step = step;
    }
  }

  Wanted(List<SteeringStep> steps, GateElements elements) {
    this.steps = steps;
    for (int i = 0; i < steps.size(); i++) {
      for (Carried carried : steps.get(i).carried()) {
        want(elements.of(carried.grant()), carried.timeLeft(), i);
        if (carried.takesNew()) {
          want(elements.choosing(steps.get(i).flow(), carried.grant()), carried.timeLeft(), i);
        } else {
          want(
              elements.keeping(steps.get(i).flow(), carried.grant()),
              GateElements.keepingTime(carried.timeLeft()),
              i);
        }
      }
    }
  }

  private void want(List<Element> elements, Duration timeLeft, int step) {
    for (Element element : elements) {
      due.put(new Place(element.set(), element.key()), new Due(element, timeLeft, step));
    }
  }

  /**
   * Whether an element may stay. Where its time is wrong it may, but its step is incomplete.
   *
   * @param startedNanos when the times of the steps were right
   */
  boolean accepts(Timed found, long startedNanos) {
    Due wanted = due.get(new Place(found.element().set(), found.element().key()));
    if (wanted == null
        || !wanted.element.equals(found.element())
        || found.timeLeft().isZero()) { // permanent
      return false;
    }
    Duration should = wanted.timeLeft.minusNanos(System.nanoTime() - startedNanos);
    wanted.seen |=
        found.timeLeft().compareTo(should.minus(SHORTER_MAX)) >= 0
            && found.timeLeft().compareTo(wanted.timeLeft.plus(LONGER_MAX)) <= 0;
    return true;
  }

  /** The steps of which an element was not seen. */
  List<SteeringStep> incomplete() {
    boolean[] missing = new boolean[steps.size()];
    due.values().stream().filter(element -> !element.seen).forEach(e -> missing[e.step] = true);
    List<SteeringStep> incomplete = new ArrayList<>();
    for (int i = 0; i < missing.length; i++) {
      if (missing[i]) {
        incomplete.add(steps.get(i));
      }
    }
    return incomplete;
  }
}
