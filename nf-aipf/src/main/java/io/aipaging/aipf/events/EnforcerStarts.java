package io.aipaging.aipf.events;

/** Port: told when an enforcer has started and holds less than it did. */
@FunctionalInterface
public interface EnforcerStarts {
  /**
   * An enforcer has started; returns soon.
   *
   * @param enforcerId its name in a COMMIT's {@code aud}
   * @param bootId names this run of its process
   * @return whether this AIPF knows it
   */
  boolean started(String enforcerId, String bootId);
}
