package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Flow;
import java.time.Duration;
import java.util.List;

/**
 * One lease step of one flow: what a driver carries out at once or not at all. Installing,
 * renewing, switching with drain and ending are all steps.
 *
 * @param flow whose packets it is about
 * @param carried every grant the flow has after the step; at most one takes new connections, and
 *     without one nothing new is let through
 * @param ended grants that carry nothing from now on
 */
public record SteeringStep(Flow flow, List<Carried> carried, List<Grant> ended) {
  /**
   * How long before the end of a grant that drains its datagrams move: the longest way to an anchor
   * and back that is provided for, the anchor's thinking included.
   */
  public static final Duration TURN = Duration.ofMillis(250);

  public SteeringStep {
    carried = List.copyOf(carried);
    ended = List.copyOf(ended);
    if (carried.stream().filter(Carried::takesNew).count() > 1) {
      throw new IllegalArgumentException("two grants take new connections of one flow");
    }
  }

  /**
   * A grant to be carried.
   *
   * @param grant the grant
   * @param timeLeft until the enforcer must stop by itself; at least {@link #TIME_LEFT_MIN}
   * @param takesNew whether new connections go to it; otherwise it drains
   */
  public record Carried(Grant grant, Duration timeLeft, boolean takesNew) {
    /**
     * Shortest time worth installing. The kernel counts timeouts in ticks of up to 10 ms, and a
     * timeout that rounds to nothing must never be taken for no timeout.
     */
    public static final Duration TIME_LEFT_MIN = Duration.ofMillis(20);

    public Carried {
      if (timeLeft.compareTo(TIME_LEFT_MIN) < 0) {
        throw new IllegalArgumentException("too little time left to carry anything");
      }
    }
  }
}
