package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps grants in a map; can be told to fail and to take time. */
final class FakeDriver implements SteeringDriver {
  static final String UNREACHABLE_ANCHOR = "192.0.2.9";

  final List<SteeringStep> steps = new ArrayList<>();
  final List<List<SteeringStep>> restored = new ArrayList<>();
  private final Map<GrantId, Grant> live = new TreeMap<>();
  private final ManualClock clock;
  private int failures;
  private int failuresLater;
  private boolean uncertain;
  private boolean disturbed;
  private final List<Duration> delays = new ArrayList<>();

  FakeDriver(ManualClock clock) {
    this.clock = clock;
  }

  void failNext() {
    failures++;
  }

  /** The next step is carried out, the {@code times} after it are not. */
  void failAfterNext(int times) {
    failuresLater = times;
  }

  /** The next step is carried out but nobody learns of it. */
  void failNextUncertainly() {
    uncertain = true;
  }

  /** Somebody takes everything away. */
  void disturb() {
    live.clear();
    disturbed = true;
  }

  void delayNext(Duration delay) {
    delays.add(delay);
  }

  SteeringStep last() {
    return steps.getLast();
  }

  /** An expiry the kernel noticed, or grants of an unknown origin. */
  void set(Collection<Grant> grants) {
    live.clear();
    grants.forEach(grant -> live.put(grant.id(), grant));
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Optional<String> objection(Flow flow, TransportAddress anchor) {
    return anchor.address().getHostAddress().equals(UNREACHABLE_ANCHOR)
        ? Optional.of("no next hop")
        : Optional.empty();
  }

  @Override
  public void apply(SteeringStep step) throws SteeringFailed {
    if (!delays.isEmpty()) {
      clock.advance(delays.removeFirst());
    }
    if (failures > 0) {
      failures--;
      throw new SteeringFailed("told to fail");
    }
    steps.add(step);
    step.carried().forEach(carried -> live.put(carried.grant().id(), carried.grant()));
    step.ended().forEach(grant -> live.remove(grant.id()));
    failures += failuresLater;
    failuresLater = 0;
    if (uncertain) {
      uncertain = false;
      throw SteeringFailed.uncertain("no answer in time");
    }
  }

  @Override
  public Set<GrantId> live() {
    return new TreeSet<>(live.keySet());
  }

  @Override
  public boolean isLive(GrantId grant) {
    return live.containsKey(grant);
  }

  @Override
  public boolean isUndisturbed() {
    return !disturbed;
  }

  @Override
  public void restore(List<SteeringStep> wanted) throws SteeringFailed {
    if (failures > 0) {
      failures--;
      throw new SteeringFailed("told to fail");
    }
    live.clear();
    for (SteeringStep step : wanted) {
      step.carried().forEach(carried -> live.put(carried.grant().id(), carried.grant()));
    }
    restored.add(wanted);
    disturbed = false;
  }

  @Override
  public Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException {
    throw new IOException("a fake leads nowhere");
  }

  @Override
  public Map<String, Long> denied() {
    return Map.of();
  }

  @Override
  public void close() {}
}
