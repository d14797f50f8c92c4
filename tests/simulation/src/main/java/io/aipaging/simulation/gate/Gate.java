package io.aipaging.simulation.gate;

import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.simulation.engine.Announcer;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Disk;
import io.aipaging.simulation.engine.Effects;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.engine.Turnstile;
import io.aipaging.simulation.engine.Witness;
import io.aipaging.simulation.network.Network;
import io.aipaging.simulation.variant.Variant;
import io.aipaging.smfadapter.steering.SteeringConfig;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringObserver;
import io.aipaging.smfadapter.steering.SteeringPorts;
import io.aipaging.smfadapter.steering.SteeringService;
import java.time.Duration;
import java.util.Map;

/** An N6 gate: kernel and disk stay, the adapter process comes and goes. */
public final class Gate {
  private static final long KEEP_TIME_EVERY = Duration.ofSeconds(1).toNanos();
  private final Node node;
  private final Surroundings around;
  private final Kernel kernel;
  private final Disk disk;
  private final Chance chance;

  /** A gate whose adapter does not run yet. */
  public Gate(Node node, Surroundings around) {
    this.node = node;
    this.around = around;
    this.kernel = new Kernel(node.clock());
    this.chance = around.chance().split();
    this.disk = new Disk(around.effects(), chance, around.ills().fails() / 4, node::mishap);
  }

  /**
   * What a gate works in.
   *
   * @param skew bound and margin
   * @param anchors by their endpoints
   * @param ills how badly its kernel's commands go
   * @param verifiers what enforcers believe
   * @param witness notes what they answer
   * @param announcer tells the AIPF of a start
   */
  public record Surroundings(
      Timeline timeline,
      Network network,
      Effects effects,
      Chance chance,
      Skew skew,
      Map<TransportAddress, Node> anchors,
      Ills ills,
      Believers verifiers,
      Witness witness,
      Announcer announcer,
      Variant variant) {}

  /**
   * How far clocks may differ.
   *
   * @param bound as such
   * @param margin how much earlier enforcers stop
   */
  public record Skew(Duration bound, Duration margin) {}

  /**
   * How badly commands go.
   *
   * @param fails probability that a command fails
   * @param slow probability that one takes longer than the skew margin
   */
  public record Ills(double fails, double slow) {}

  /** Its node; the name is its enforcer id. */
  public Node node() {
    return node;
  }

  /** What it carries, whoever is dead. */
  public Kernel kernel() {
    return kernel;
  }

  /** Its adapter starts. */
  public void begin() {
    Life life = node.begin();
    around.timeline().start(life, () -> open(life));
  }

  /** Its host loses power and comes back: the kernel begins empty. */
  public void reboot() {
    node.crash();
    node.mishap();
    kernel.reboot();
    disk.cutPower();
  }

  private void open(Life life) {
    EnforcerClock clock =
        new EnforcerClock(
            node.clock(), node.clock()::nanos, around.skew().bound(), around.skew().margin());
    SimulatedProbe probe =
        new SimulatedProbe(around.timeline(), around.network(), node, around.anchors());
    SimulatedDriver driver =
        new SimulatedDriver(
            kernel,
            around.effects(),
            chance,
            new SimulatedDriver.Setting(
                probe::connect,
                new SimulatedDriver.Ills(
                    around.ills().fails(), around.ills().slow(), around.skew().margin().toNanos()),
                node::mishap));
    SteeringPorts ports =
        new SteeringPorts(
            around.verifiers().of(node.name()),
            around.variant().driver(driver),
            around.variant().gateJournal(new DiskGateJournal(disk)),
            probe,
            SteeringObserver.NONE);
    try {
      SteeringService service =
          SteeringService.open(
              new SteeringConfig(node.name(), around.skew().bound(), around.skew().margin()),
              ports,
              around.variant().enforcerClock(clock));
      serve(life, service);
    } catch (SteeringFailed e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(Life life, SteeringService service) {
    TurnBasedSteering steering = new TurnBasedSteering(service, new Turnstile(around.timeline()));
    life.serve(
        NsmfadapterSteering.class,
        around
            .witness()
            .of(NsmfadapterSteering.class, node.name(), around.variant().steering(steering)));
    keepTime(life, steering);
    around.announcer().announce(life, node.name(), "GATE");
  }

  private void keepTime(Life life, TurnBasedSteering steering) {
    around
        .timeline()
        .after(
            KEEP_TIME_EVERY,
            life,
            () -> {
              var _ = around.timeline().start(life, steering::keepTime);
              keepTime(life, steering);
            });
  }
}
