package io.aipaging.simulation.engine;

/** Decides whether a process dies at a point between two of its effects. */
@FunctionalInterface
public interface Perils {
  /** Nothing ever happens. */
  Perils NONE = (life, point) -> false;

  /** Whether {@code life} ends at {@code point}. */
  boolean strikes(Life life, String point);
}
