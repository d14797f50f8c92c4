package io.aipaging.simulation.observer;

/**
 * Something that must not be.
 *
 * @param rule which invariant of lease-protocol §2, or what else
 * @param at true time since the history began, ns
 * @param detail what exactly
 */
public record Violation(String rule, long at, String detail) {
  @Override
  public String toString() {
    return rule + ": " + detail;
  }
}
