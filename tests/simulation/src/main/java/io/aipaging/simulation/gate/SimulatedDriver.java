package io.aipaging.simulation.gate;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Effects;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an adapter process holds of its kernel: commands that take time, fail, or do both. */
final class SimulatedDriver implements SteeringDriver {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private final Kernel kernel;
  private final Effects effects;
  private final Chance chance;
  private final Way way;
  private final Ills ills;
  private final Runnable mishap;

  /**
   * How badly commands go.
   *
   * @param fails probability that a command fails, with or without effect
   * @param slow probability that it takes longer than the skew margin
   */
  record Ills(double fails, double slow, long skewMarginNanos) {}

  /** Connects to an anchor through the network. */
  @FunctionalInterface
  interface Way {
    Socket connect(TransportAddress anchor, Duration timeMax) throws IOException;
  }

  SimulatedDriver(Kernel kernel, Effects effects, Chance chance, Setting setting) {
    this.kernel = kernel;
    this.effects = effects;
    this.chance = chance;
    this.way = setting.way();
    this.ills = setting.ills();
    this.mishap = setting.mishap();
  }

  /**
   * What surrounds a driver.
   *
   * @param mishap told of commands that go wrong
   */
  record Setting(Way way, Ills ills, Runnable mishap) {}

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public Optional<String> objection(Flow flow, TransportAddress anchor) {
    return Optional.empty();
  }

  @Override
  public void apply(SteeringStep step) throws SteeringFailed {
    effects.trace().say("kernel", () -> "is asked for " + told(step));
    long before = delay();
    effects.pass("driver.begin", before);
    if (effects.troubled() && chance.hit(ills.fails() / 2)) {
      mishap.run();
      throw chance.hit(0.5)
          ? new SteeringFailed("simulated")
          : SteeringFailed.uncertain("simulated");
    }
    if (before > ills.skewMarginNanos()) {
      mishap.run();
    }
    kernel.apply(step, before > ills.skewMarginNanos());
    long after = delay();
    if (after > ills.skewMarginNanos()) {
      mishap.run();
    }
    effects.pass("driver.done", after);
    if (effects.troubled() && chance.hit(ills.fails() / 2)) {
      mishap.run();
      throw SteeringFailed.uncertain("simulated");
    }
  }

  private static String told(SteeringStep step) {
    StringBuilder told = new StringBuilder();
    step.carried()
        .forEach(
            carried ->
                told.append(carried.takesNew() ? "serve " : "drain ")
                    .append(carried.grant())
                    .append(" for ")
                    .append(carried.timeLeft().toMillis())
                    .append(" ms "));
    step.ended().forEach(grant -> told.append("end ").append(grant.id()));
    return told.toString();
  }

  private long delay() {
    return effects.troubled() && chance.hit(ills.slow() / 2)
        ? chance.between(ills.skewMarginNanos(), 4 * ills.skewMarginNanos() + 100 * MILLI)
        : chance.between(20 * MICRO, 3 * MILLI);
  }

  @Override
  public Set<GrantId> live() {
    return kernel.ids();
  }

  @Override
  public boolean isLive(GrantId grant) {
    return kernel.ids().contains(grant);
  }

  /** Nobody else changes a simulated kernel, save its boot, which no process survives. */
  @Override
  public boolean isUndisturbed() {
    return true;
  }

  @Override
  public void restore(List<SteeringStep> wanted) {
    kernel.restore(wanted);
  }

  @Override
  public Socket connectThrough(Flow flow, Grant grant, Duration timeMax) throws IOException {
    boolean leads =
        kernel.of(flow).stream().anyMatch(entry -> entry.grant().id().equals(grant.id()));
    if (!leads) {
      throw new IOException("the grant is not in force");
    }
    return way.connect(grant.anchor(), timeMax);
  }

  @Override
  public Map<String, Long> denied() {
    return Map.of();
  }

  @Override
  public void close() {}
}
