package io.aipaging.simulation.core;

import io.aipaging.openapi.Refusal;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.network.Network;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A PCF: it refuses, stalls, dies, and has forgotten every app session when it is back. */
public final class Pcf {
  private static final long MILLI = 1_000_000;
  private static final long ANSWER_WAIT = 1_500 * MILLI;
  private final Node node;
  private final Timeline timeline;
  private final Network network;
  private final Chance chance;
  private final Map<Long, String> appSessions = new TreeMap<>();
  private double refuses;
  private long lastId;

  /** A PCF that holds nothing. */
  public Pcf(Node node, Timeline timeline, Network network, Chance chance) {
    this.node = node;
    this.timeline = timeline;
    this.network = network;
    this.chance = chance;
  }

  /** What came of a create. */
  sealed interface Created {
    /** It exists. */
    record Accepted(long id) implements Created {}

    /** The PCF does not want it. */
    record Refused() implements Created {}

    /** Nothing was sent, or it certainly did not arrive. */
    record Unreachable() implements Created {}

    /** Nobody knows. */
    record Lost() implements Created {}
  }

  /** Its node. */
  public Node node() {
    return node;
  }

  /** From now on it refuses with that probability. */
  public void refuses(double probability) {
    refuses = probability;
  }

  /** Binding references of its app sessions, by id. */
  public Map<Long, String> appSessions() {
    return appSessions;
  }

  /** It starts, with nothing. */
  public void begin() {
    appSessions.clear();
    var _ = node.begin();
  }

  Created create(Node from, String bindingRef) {
    if (!arrives(from)) {
      return new Created.Unreachable();
    }
    if (chance.hit(refuses)) {
      return new Created.Refused();
    }
    long id = ++lastId;
    appSessions.put(id, bindingRef);
    return answers(from) ? new Created.Accepted(id) : new Created.Lost();
  }

  /** Whether it is gone; another's app session of the same id is not touched. */
  boolean delete(Node from, long id, String bindingRef) {
    if (!arrives(from)) {
      return false;
    }
    if (bindingRef.equals(appSessions.get(id))) {
      appSessions.remove(id);
    }
    return answers(from);
  }

  /** Whether it shows the app session; null when it does not answer. */
  @Nullable Boolean shows(Node from, long id, String bindingRef) {
    if (!arrives(from)) {
      return null;
    }
    boolean there = bindingRef.equals(appSessions.get(id));
    return answers(from) ? Boolean.valueOf(there) : null;
  }

  private boolean arrives(Node from) {
    timeline.sleep(chance.between(MILLI / 2, 20 * MILLI));
    if (!network.passes(from, node) || node.isFrozen()) {
      timeline.sleep(ANSWER_WAIT);
      return false;
    }
    return node.isUp();
  }

  private boolean answers(Node from) {
    timeline.sleep(chance.between(MILLI / 2, 20 * MILLI));
    if (!network.passes(node, from) || node.isFrozen() || !node.isUp()) {
      timeline.sleep(ANSWER_WAIT);
      return false;
    }
    return true;
  }

  static Refusal unreachable() {
    return Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "the core cannot be reached");
  }
}
