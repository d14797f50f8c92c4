package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Paths by the app session that a session's QoS binding has at the PCF already (TS 29.514 {@code
 * afRoutReq}), through whoever keeps its PDU session's operations apart. A route goes with its
 * binding, and within a living one it is only ever replaced.
 */
public final class AfRoute implements CorePaths {
  private static final Set<Integer> REFUSING = Set.of(400, 403, 404);
  private final NpcfadapterQosbinding bindings;
  private final Habits habits;

  /** Routes by these bindings; a binding bears its session's id. */
  public AfRoute(NpcfadapterQosbinding bindings, Habits habits) {
    this.bindings = bindings;
    this.habits = habits;
  }

  /**
   * What is the same for all paths.
   *
   * @param sender the gate's enforcer id
   * @param clock wall clock
   * @param within longest wait for one answer
   * @param routeProfile {@code routeProfId} the SMF knows
   * @param callbackBase URI below which notifications are taken, ending in a slash
   * @param keepOldPathSec how long the core keeps the path before as well, s; null leaves it to it
   */
  public record Habits(
      String sender,
      InstantSource clock,
      Duration within,
      String routeProfile,
      String callbackBase,
      @Nullable Integer keepOldPathSec) {}

  @Override
  public Outcome put(PathOrder order) {
    SessionId session = order.session();
    if (session == null) {
      return Outcome.REFUSED;
    }
    RouteQosBinding route =
        new RouteQosBinding(
            session.value(),
            order.dnai(),
            habits.routeProfile(),
            habits.callbackBase() + order.notifId(),
            order.notifId(),
            habits.keepOldPathSec());
    try {
      Call call = Call.within(habits.sender(), habits.clock().instant(), habits.within());
      var _ = bindings.routeQosBinding(call, route);
      return Outcome.DONE;
    } catch (Refusal e) {
      return REFUSING.contains(e.status()) ? Outcome.REFUSED : Outcome.UNCERTAIN;
    }
  }

  /** There is nothing to say: its binding ends, or is about to be routed elsewhere. */
  @Override
  public Outcome delete(String id) {
    return Outcome.DONE;
  }
}
