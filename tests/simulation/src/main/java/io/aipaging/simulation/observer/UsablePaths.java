package io.aipaging.simulation.observer;

import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.protocol.SessionId;
import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.gate.Gate;
import io.aipaging.simulation.observer.Paths.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Invariant 2. An active session has a usable path: a grant that takes new connections leads to an
 * anchor that is well and admits it. Losing it is a violation when it is somebody's doing: an order
 * that took the last usable path away, or that switched to a path that was not usable. It is none
 * when a gate or anchor on the path was struck meanwhile, nor, in a history with faults, when the
 * lease ran out because nobody could renew it. While a path is lost for such a reason, the next one
 * is not looked for; a history ends with every live session usable again.
 */
final class UsablePaths {
  /** A gate whose kernel failed takes so long to undo, and to end what it cannot undo. */
  private static final long STOPS_EARLIER = Duration.ofSeconds(1).toNanos();

  private static final long AFTERMATH = Duration.ofSeconds(3).toNanos();

  private final Scene scene;
  private final Paths paths;
  private final Verdict verdict;
  private final boolean calm;
  private final Map<SessionId, Watched> watched = new HashMap<>();
  private final Map<String, Map<SessionId, Admission>> admissions = new HashMap<>();

  UsablePaths(Scene scene, Paths paths, Verdict verdict, boolean calm) {
    this.scene = scene;
    this.paths = paths;
    this.verdict = verdict;
    this.calm = calm;
  }

  /**
   * What is known of an active session.
   *
   * @param path its last usable path, or null before the first
   * @param mishaps of the path's gate and anchor together, when it was last looked at
   * @param lost whether there is a good reason that it has none
   */
  private record Watched(@Nullable Path path, long mishaps, boolean lost) {}

  private record Admission(long at, long until) {}

  /** An anchor has begun to admit a session, or still does. */
  void admitted(Anchorage anchor, SessionId session, long now) {
    LiveLease lease = Paths.admitted(anchor, session);
    if (lease != null) {
      long until = anchor.node().clock().trueTimeOf(lease.deadlineNanos());
      admissions
          .computeIfAbsent(anchor.node().name(), _ -> new HashMap<>())
          .put(session, new Admission(now, until));
    }
  }

  /** Whether a session has a usable path now. */
  boolean usable(Session session) {
    Path path = paths.of(session);
    return path != null && path.usable();
  }

  /** Why a session has no usable path now, in words. */
  String why(Session session) {
    return told(paths.of(session));
  }

  /** Looks at a session as it is now. */
  void check(Session session, long now) {
    boolean expected =
        session.state() instanceof SessionState.Active
            || session.state() instanceof SessionState.Relocating;
    if (!expected) {
      watched.remove(session.id());
      return;
    }
    Path path = paths.of(session);
    Watched before = watched.get(session.id());
    if (path != null && path.usable()) {
      watched.put(session.id(), new Watched(path, mishaps(path), false));
    } else if (before == null) {
      judgeFirst(session, path, now);
    } else if (!before.lost()) {
      judge(session, before, path, now);
    }
  }

  private void judgeFirst(Session session, @Nullable Path path, long now) {
    long since = Timeline.nanosAt(session.facts().createdAt()) - STOPS_EARLIER;
    boolean struck =
        scene.gates().stream().anyMatch(gate -> gate.node().lastMishap() >= since)
            || scene.anchors().stream().anyMatch(anchor -> anchor.node().lastMishap() >= since);
    if (!struck && (calm || leaseLives(session, now))) {
      verdict.violated("2 usable path", session.id() + " became active without one" + told(path));
    }
    watched.put(session.id(), new Watched(null, 0, true));
  }

  private static boolean leaseLives(Session session, long now) {
    return session.state().live().stream()
        .anyMatch(lease -> Timeline.nanosAt(lease.expiresAt()) - STOPS_EARLIER > now);
  }

  private void judge(Session session, Watched before, @Nullable Path path, long now) {
    Path old = before.path();
    boolean excused =
        old == null
            || mishaps(old) != before.mishaps()
            || !old.gate().node().clock().isRight()
            || gateStruckLately(session, old, now)
            || (path != null && lostSinceAdmission(path.anchor(), session.id(), now))
            || (!calm && oldLeaseRanOut(session, now))
            || (old.ranOut(now) && !(calm && now < ends(session)));
    if (!excused) {
      verdict.violated("2 usable path", session.id() + " lost its last one" + told(path));
    }
    watched.put(session.id(), new Watched(old, before.mishaps(), true));
  }

  /**
   * A move was undone because its new path could not be proven, and the old lease, whose end no
   * move puts off, is over meanwhile: the session has neither.
   */
  private static boolean oldLeaseRanOut(Session session, long now) {
    return session.state() instanceof SessionState.Relocating relocating
        && relocating.move() instanceof SessionState.Move.SwitchedBack(Lease.Committed back, var _)
        && Timeline.nanosAt(back.expiresAt()) - STOPS_EARLIER < now;
  }

  /**
   * The path may have been at the old one's gate, or at that of a lease switched to or back from.
   */
  private boolean gateStruckLately(Session session, Path old, long now) {
    return scene.gates().stream()
        .filter(
            gate ->
                gate == old.gate()
                    || leases(session)
                        .anyMatch(lease -> lease.anchor().gateId().equals(gate.node().name())))
        .anyMatch(gate -> now - gate.node().lastMishap() < AFTERMATH);
  }

  private static Stream<Lease> leases(Session session) {
    return Stream.concat(session.state().live().stream(), session.state().removing().stream());
  }

  private static long ends(Session session) {
    return Timeline.nanosAt(session.expiresAt()) - STOPS_EARLIER;
  }

  private boolean lostSinceAdmission(Anchorage anchor, SessionId session, long now) {
    Admission last = admissions.getOrDefault(anchor.node().name(), Map.of()).get(session);
    return last != null
        && (anchor.node().lastMishap() >= last.at() || !anchor.isHealthy() || last.until() <= now);
  }

  private static long mishaps(Path path) {
    Gate gate = path.gate();
    return gate.node().mishaps() + path.anchor().node().mishaps();
  }

  private static String told(@Nullable Path path) {
    return path == null
        ? ": nothing is steered"
        : ": steered to "
            + path.anchor().node().name()
            + ", which "
            + (path.anchor().isHealthy() ? "does not admit it" : "is not well");
  }
}
