package io.aipaging.simulation.observer;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.gate.Gate;
import io.aipaging.simulation.gate.Kernel;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which paths are usable in truth, whatever anybody believes. */
final class Paths {
  private final Scene scene;
  private final Map<TransportAddress, Anchorage> anchors = new HashMap<>();

  Paths(Scene scene, Map<TransportAddress, Anchorage> anchors) {
    this.scene = scene;
    this.anchors.putAll(anchors);
  }

  /**
   * A way new flows take.
   *
   * @param gate which steers
   * @param entry the kernel's grant
   * @param anchor where it leads
   * @param lease by which the anchor admits the session, or null
   */
  record Path(Gate gate, Kernel.Entry entry, Anchorage anchor, @Nullable LiveLease lease) {
    /** Whether the anchor admits new connections and is well. */
    boolean usable() {
      return anchor.isHealthy() && lease != null && !lease.draining();
    }

    /**
     * Whether kernel or agent has stopped by its own deadline at true time {@code now}. A gate's
     * step also ends what has too little time left to be carried.
     */
    boolean ranOut(long now) {
      long gateStops = entry.deadlineNanos() - Carried.TIME_LEFT_MIN.toNanos();
      return gate.node().clock().trueTimeOf(gateStops) <= now
          || (lease != null && anchor.node().clock().trueTimeOf(lease.deadlineNanos()) <= now);
    }
  }

  /**
   * The path new flows of a session take, a usable one if there is one; null when there is none.
   */
  @Nullable Path of(Session session) {
    Path path = null;
    for (Gate gate : scene.gates()) {
      for (Kernel.Entry entry : gate.kernel().of(session.facts().flow())) {
        Anchorage anchor = anchors.get(entry.anchor());
        if (entry.takesNew() && anchor != null) {
          path = new Path(gate, entry, anchor, admitted(anchor, session.id()));
          if (path.usable()) {
            return path;
          }
        }
      }
    }
    return path;
  }

  @Nullable Anchorage at(TransportAddress endpoint) {
    return anchors.get(endpoint);
  }

  /** The lease an anchor admits a session by, or null; a stopped agent still would. */
  static @Nullable LiveLease admitted(Anchorage anchor, SessionId session) {
    AdmissionService admission = anchor.admission();
    return admission == null ? null : admission.find(session);
  }
}
