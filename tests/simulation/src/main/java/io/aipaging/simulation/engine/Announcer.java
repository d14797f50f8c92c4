package io.aipaging.simulation.engine;

/** Tells the AIPF that an enforcer has started; the running coroutine waits until it has heard. */
@FunctionalInterface
public interface Announcer {
  /** {@code enforcerId}, a {@code GATE} or {@code ANCHOR}, has begun {@code life}. */
  void announce(Life life, String enforcerId, String kind);
}
