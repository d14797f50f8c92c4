package io.aipaging.simulation.world;

import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.gate.Gate;
import io.aipaging.simulation.network.Weather;
import io.aipaging.simulation.world.World.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What befalls a history. Everything has an end, and {@link #heal} ends all of it. */
final class Disturbances {
  /** More than a clock may be off: what is less nobody can notice. */
  private static final Duration JUMP_MIN = Duration.ofMillis(300);

  private static final int REPLAYED = 6;
  private static final Duration JUMP_MAX = Duration.ofHours(1);
  private final World world;
  private final Chance chance;
  private final Timeline timeline;
  private final Replays replays;
  private final Life stranger;
  private final Map<Fault, Integer> occurred = new TreeMap<>();
  private boolean healed;

  /** Kinds of faults. */
  enum Fault {
    CRASH,
    FREEZE,
    CUT,
    CLOCK_JUMP,
    GATE_REBOOT,
    MODEL_UNWELL,
    POWER_CUT,
    PCF_REFUSES,
    STORM,
    REPLAY,
    STORE_CRASH
  }

  Disturbances(World world, Chance chance, Replays replays) {
    this.replays = replays;
    this.stranger = world.stranger("stranger").begin();
    this.world = world;
    this.chance = chance;
    this.timeline = world.basis().timeline();
  }

  /** Schedules everything that will go wrong. */
  void begin() {
    List<Fault> kinds = List.of(Fault.values());
    for (int i = 0; i < world.climate().faults(); i++) {
      Fault fault = chance.pick(kinds);
      timeline.after(
          chance.between(Duration.ofMillis(500), Climate.ACTIVE), null, () -> strike(fault));
    }
    double peril = world.climate().peril();
    world
        .basis()
        .effects()
        .perils(
            (life, point) -> {
              if (!chance.hit(peril)) {
                return false;
              }
              noted(Fault.CRASH, life.node().name() + " dies at " + point);
              back(machine(life.node()), 5);
              return true;
            });
  }

  /** How often each kind of fault has struck. */
  Map<Fault, Integer> occurred() {
    return occurred;
  }

  private void noted(Fault fault, String detail) {
    occurred.merge(fault, 1, Integer::sum);
    world.basis().trace().say("FAULT", () -> fault + " " + detail);
  }

  private Machine machine(Node node) {
    Machine machine = world.machines().get(node.name());
    if (machine == null) {
      throw new IllegalStateException("only machines die");
    }
    return machine;
  }

  private void strike(Fault fault) {
    switch (fault) {
      case CRASH -> crash(any());
      case FREEZE -> freeze(any());
      case CUT -> cut(any(), any());
      case CLOCK_JUMP -> jump(any());
      case GATE_REBOOT -> reboot(chance.pick(world.gates()));
      case MODEL_UNWELL -> unwell(chance.pick(new ArrayList<>(world.anchors().values())));
      case POWER_CUT -> cutPower(chance.pick(new ArrayList<>(world.anchors().values())));
      case PCF_REFUSES -> refuse();
      case STORM -> storm();
      case REPLAY -> replay();
      case STORE_CRASH -> {
        noted(fault, "");
        world.store().crash();
        back(machine(world.store().node()), 4);
      }
    }
  }

  private Machine any() {
    return chance.pick(new ArrayList<>(world.machines().values()));
  }

  private void crash(Machine machine) {
    if (machine.node() == world.store().node()) {
      world.store().crash();
    } else {
      machine.node().crash();
    }
    noted(Fault.CRASH, machine.node().name());
    back(machine, 8);
  }

  private void back(Machine machine, int secondsMax) {
    after(
        secondsMax,
        () -> {
          if (!machine.node().isUp()) {
            machine.begin().run();
          }
        });
  }

  private void freeze(Machine machine) {
    noted(Fault.FREEZE, machine.node().name());
    machine.node().freeze();
    after(chance.hit(0.2) ? 20 : 3, machine.node()::thaw);
  }

  private void cut(Machine a, Machine b) {
    if (a.equals(b)) {
      return;
    }
    noted(Fault.CUT, a.node().name() + " " + b.node().name());
    boolean both = chance.hit(0.7);
    world.basis().network().cut(a.node(), b.node());
    if (both) {
      world.basis().network().cut(b.node(), a.node());
    }
    after(
        10,
        () -> {
          world.basis().network().join(a.node(), b.node());
          world.basis().network().join(b.node(), a.node());
        });
  }

  private void jump(Machine machine) {
    Duration most = chance.hit(0.5) ? JUMP_MAX : Duration.ofSeconds(5);
    long by = chance.between(JUMP_MIN, most).toNanos();
    long ahead = chance.hit(0.5) ? by : -by;
    noted(Fault.CLOCK_JUMP, machine.node().name() + " " + Duration.ofNanos(ahead));
    machine.node().clock().setWallOffset(machine.node().clock().wallOffset() + ahead);
    machine.node().mishap();
    after(10, () -> right(machine));
  }

  private static void right(Machine machine) {
    if (!machine.node().clock().isRight()) {
      machine.node().clock().setRight();
      machine.node().mishap();
    }
  }

  private void reboot(Gate gate) {
    noted(Fault.GATE_REBOOT, gate.node().name());
    gate.reboot();
    back(machine(gate.node()), 5);
  }

  private void unwell(Anchorage anchor) {
    noted(Fault.MODEL_UNWELL, anchor.node().name());
    anchor.healthy(false);
    after(10, () -> anchor.healthy(true));
  }

  private void cutPower(Anchorage anchor) {
    noted(Fault.POWER_CUT, anchor.node().name());
    anchor.cutPower();
    back(machine(anchor.node()), 8);
  }

  private void refuse() {
    noted(Fault.PCF_REFUSES, "");
    world.core().pcf().refuses(0.8);
    after(10, () -> world.core().pcf().refuses(0));
  }

  private void storm() {
    noted(Fault.STORM, "");
    world.basis().network().weather(new Weather(0.15, 0.2, 0.3));
    after(8, () -> world.basis().network().weather(world.climate().weather()));
  }

  /** A few at a time: whoever can do it once does it again. */
  private void replay() {
    noted(Fault.REPLAY, "");
    for (int i = 0; i < REPLAYED; i++) {
      timeline.after(
          chance.between(Duration.ZERO, Duration.ofSeconds(6)),
          null,
          () ->
              timeline.start(
                  stranger, () -> replays.again(stranger, world.basis().network(), chance)));
    }
  }

  private void after(int secondsMax, Runnable end) {
    timeline.after(
        chance.between(Duration.ofMillis(50), Duration.ofSeconds(secondsMax)),
        null,
        () -> {
          if (!healed) {
            end.run();
          }
        });
  }

  /** Everything is well from now on. */
  void heal() {
    healed = true;
    world.basis().effects().heal();
    world.basis().network().weather(Weather.FINE);
    world.core().pcf().refuses(0);
    world.anchors().values().forEach(anchor -> anchor.healthy(true));
    List<Machine> machines = List.copyOf(world.machines().values());
    for (Machine machine : machines) {
      for (Machine other : machines) {
        world.basis().network().join(machine.node(), other.node());
      }
      right(machine);
      machine.node().thaw();
      if (!machine.node().isUp()) {
        machine.begin().run();
      }
    }
    world.basis().trace().say("HEALED", () -> "everything is well from now on");
  }
}
