package io.aipaging.simulation.world;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.Transition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Names of the moves the machine makes, as {@code docs/states.md} lists them: state, sub-state in
 * lower case, evidence.
 */
public final class Moves {
  private static final String PREFIX = "MOVE ";

  /** Every move the machine allows. */
  public static final Set<String> ALL = all();

  private Moves() {}

  private static Set<String> all() {
    List<String> served = List.of("LEASE_RENEWED", "SESSION_EXTENDED", "QOS_REPORTED");
    Map<String, List<String>> evidence = new TreeMap<>();
    evidence.put("-", List.of("SESSION_PREPARING"));
    evidence.put("PREPARING", List.of("LEASE_COMMITTED"));
    evidence.put("PREPARING committed", List.of("SESSION_ACTIVE"));
    evidence.put("ACTIVE", with(served, "SESSION_RELOCATING"));
    evidence.put("ACTIVE draining", with(served, "LEASE_ENDED"));
    evidence.put("ACTIVE removing", with(served, "SESSION_RELOCATING", "LEASE_REMOVED"));
    evidence.put("RELOCATING decided", List.of("LEASE_COMMITTED", "RELOCATION_UNDONE"));
    evidence.put("RELOCATING target committed", List.of("LEASE_DRAINING", "RELOCATION_UNDONE"));
    evidence.put("RELOCATING waiting", List.of("UP_PATH_CHANGED", "RELOCATION_UNDONE"));
    evidence.put("RELOCATING switched", List.of("SESSION_RELOCATED", "LEASE_SERVING_AGAIN"));
    evidence.put("RELOCATING switched back", List.of("RELOCATION_UNDONE"));
    Set<String> all = new TreeSet<>();
    evidence.forEach(
        (state, types) -> {
          types.forEach(type -> all.add(name(state, type)));
          if (!state.equals("-")) {
            all.add(name(state, "SESSION_ENDING"));
          }
        });
    for (String end : List.of("RELEASED", "REVOKED", "EXPIRED", "REJECTED")) {
      all.add(name("ENDING", "SESSION_" + end));
    }
    return Collections.unmodifiableSet(all);
  }

  private static List<String> with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  /** The name of a transition. */
  public static String of(Transition transition) {
    Session before = transition.before();
    String evidence = transition.evidence().type();
    if (before == null) {
      return name("-", evidence);
    }
    // A row with a lease that drains and one to remove is both; only the second is what goes here.
    boolean removes = evidence.equals("LEASE_REMOVED");
    return name(removes ? "ACTIVE removing" : state(before.state()), evidence);
  }

  /**
   * The name of a move.
   *
   * @param state with its sub-state, or {@code -} for none
   * @param evidence type of the record
   */
  public static String name(String state, String evidence) {
    return PREFIX + state + ": " + evidence;
  }

  /** Those of {@code names} that name moves. */
  public static Set<String> among(Set<String> names) {
    Set<String> moves = new TreeSet<>(names);
    moves.removeIf(name -> !name.startsWith(PREFIX));
    return moves;
  }

  private static String state(SessionState state) {
    return state.name() + sub(state);
  }

  private static String sub(SessionState state) {
    return switch (state) {
      case SessionState.Preparing(var _, var _, var lease) -> lease == null ? "" : " committed";
      case SessionState.Active(var _, var draining, var removing) ->
          draining != null ? " draining" : removing.isEmpty() ? "" : " removing";
      case SessionState.Relocating relocating ->
          switch (relocating.move()) {
            case Move.Decided _ -> " decided";
            case Move.TargetCommitted _ when relocating.awaitsCore() -> " waiting";
            case Move.TargetCommitted _ -> " target committed";
            case Move.Switched _ -> " switched";
            case Move.SwitchedBack _ -> " switched back";
          };
      case SessionState.Ending _, SessionState.Terminal _ -> "";
    };
  }
}
