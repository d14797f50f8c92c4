package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many unfinished sessions there are, and leases in them.
 *
 * @param sessions by the name of their state
 * @param leases by the name of their state; ended ones are those not confirmed by all enforcers
 * @param endingSince since when the session is ENDING that has been so for the longest time; null
 *     when none is
 */
public record Census(
    Map<String, Integer> sessions, Map<String, Integer> leases, @Nullable Instant endingSince) {
  /** Nobody. */
  public static final Census NONE = new Census(Map.of(), Map.of(), null);

  public Census {
    sessions = Map.copyOf(sessions);
    leases = Map.copyOf(leases);
  }

  /** Counts as a comparison goes through the rows. */
  static final class Counting {
    private final Map<String, Integer> sessions = new HashMap<>();
    private final Map<String, Integer> leases = new HashMap<>();
    private @Nullable Instant endingSince;

    void add(Session session) {
      SessionState state = session.state();
      count(sessions, state.name());
      for (Lease live : state.live()) {
        count(leases, live.name());
      }
      for (Lease gone : state.removing()) {
        count(leases, gone.name());
      }
      if (state instanceof SessionState.Ending ending
          && (endingSince == null || ending.since().isBefore(endingSince))) {
        endingSince = ending.since();
      }
    }

    private static void count(Map<String, Integer> counts, String name) {
      counts.merge(name, 1, Integer::sum);
    }

    Census census() {
      return new Census(sessions, leases, endingSince);
    }
  }
}
