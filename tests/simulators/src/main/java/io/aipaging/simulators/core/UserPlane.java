package io.aipaging.simulators.core;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Where subscribers' packets leave a simulated core, and what asks for it. Thread-safe. */
final class UserPlane {
  private final Map<String, Influence> influences = new ConcurrentHashMap<>();
  private final Map<String, String> pathBySupi = new ConcurrentHashMap<>();

  /**
   * Somebody's wish for a path.
   *
   * @param supi whose
   * @param dnai where to, or empty for nowhere special
   * @param notifUri where it is told
   * @param notifId what is told along
   * @param changes of what: {@code EARLY}, {@code LATE} or {@code EARLY_LATE}
   * @param acknowledged whether the path changes only after an answer
   */
  record Influence(
      String supi,
      String dnai,
      String notifUri,
      String notifId,
      String changes,
      boolean acknowledged) {
    /** Nobody is left to be asked. */
    Influence withdrawn() {
      return new Influence(supi, "", notifUri, notifId, changes, false);
    }

    Influence to(String other) {
      return new Influence(supi, other, notifUri, notifId, changes, acknowledged);
    }
  }

  /** Whether exactly that was wanted before. */
  boolean put(String name, Influence wanted) {
    return wanted.equals(influences.put(name, wanted));
  }

  Optional<Influence> remove(String name) {
    return Optional.ofNullable(influences.remove(name));
  }

  /** Every wish for a subscriber. */
  Iterable<Influence> of(String supi) {
    return influences.values().stream().filter(one -> one.supi().equals(supi)).toList();
  }

  /** Where a subscriber's packets leave the core; empty for nowhere special. */
  String path(String supi) {
    return pathBySupi.getOrDefault(supi, "");
  }

  void leaves(String supi, String dnai) {
    if (dnai.isEmpty()) {
      pathBySupi.remove(supi);
    } else {
      pathBySupi.put(supi, dnai);
    }
  }

  Map<String, String> paths() {
    return new TreeMap<>(pathBySupi);
  }
}
