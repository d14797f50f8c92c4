package io.aipaging.simulation.gate;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.simulation.engine.NodeClock;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the kernel of a gate carries. It counts down by itself, whoever is dead. */
public final class Kernel {
  private final NodeClock clock;
  private final Map<Flow, List<Entry>> flows = new LinkedHashMap<>();
  private long changes;

  Kernel(NodeClock clock) {
    this.clock = clock;
  }

  /**
   * One grant.
   *
   * @param flow whose packets
   * @param grant where to
   * @param deadlineNanos steady time at which it is over
   * @param takesNew whether new connections go to it
   * @param late whether its installation took longer than it may, so that it is about to be undone
   */
  public record Entry(Flow flow, Grant grant, long deadlineNanos, boolean takesNew, boolean late) {
    /** Where it leads. */
    public TransportAddress anchor() {
      return grant.anchor();
    }
  }

  /** Counts what was done to it; tells whether anything was. */
  public long changes() {
    return changes;
  }

  /** What it carries now. */
  public List<Entry> live() {
    List<Entry> live = new ArrayList<>();
    for (List<Entry> entries : flows.values()) {
      for (Entry entry : entries) {
        if (entry.deadlineNanos() > clock.nanos()) {
          live.add(entry);
        }
      }
    }
    return live;
  }

  /** What it carries of {@code flow} now. */
  public List<Entry> of(Flow flow) {
    List<Entry> entries = flows.getOrDefault(flow, List.of());
    return entries.stream().filter(entry -> entry.deadlineNanos() > clock.nanos()).toList();
  }

  Set<GrantId> ids() {
    Set<GrantId> ids = new TreeSet<>();
    live().forEach(entry -> ids.add(entry.grant().id()));
    return ids;
  }

  /** As nftables does it: a grant that the step does not name stays, but takes nothing new. */
  void apply(SteeringStep step, boolean late) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : of(step.flow())) {
      if (!names(step, entry.grant().id())) {
        entries.add(
            new Entry(entry.flow(), entry.grant(), entry.deadlineNanos(), false, entry.late()));
      }
    }
    for (Carried carried : step.carried()) {
      entries.add(
          new Entry(
              step.flow(),
              carried.grant(),
              clock.nanos() + carried.timeLeft().toNanos(),
              carried.takesNew(),
              late));
    }
    put(step.flow(), entries);
  }

  private static boolean names(SteeringStep step, GrantId id) {
    return step.carried().stream().anyMatch(carried -> carried.grant().id().equals(id))
        || step.ended().stream().anyMatch(grant -> grant.id().equals(id));
  }

  /** As nftables does it: what is wanted and there stays, what is wanted only is added. */
  void restore(List<SteeringStep> wanted) {
    Set<GrantId> known = new TreeSet<>();
    wanted.forEach(step -> step.carried().forEach(carried -> known.add(carried.grant().id())));
    for (Flow flow : List.copyOf(flows.keySet())) {
      put(flow, of(flow).stream().filter(e -> known.contains(e.grant().id())).toList());
    }
    Set<GrantId> there = ids();
    for (SteeringStep step : wanted) {
      if (!step.carried().stream().allMatch(carried -> there.contains(carried.grant().id()))) {
        apply(step, false);
      }
    }
  }

  /** The host boots: a kernel begins empty. */
  void reboot() {
    flows.clear();
    changes++;
  }

  private void put(Flow flow, List<Entry> entries) {
    changes++;
    if (entries.isEmpty()) {
      flows.remove(flow);
    } else {
      flows.put(flow, entries);
    }
  }
}
