package io.aipaging.protocol;

import java.util.Locale;

/** What a COMMIT orders. */
public enum CommitRole {
  /** Take new flows and carry them. */
  SERVE,
  /** Carry old flows only. */
  DRAIN,
  /** Stop at once and refuse what came before. */
  END;

  /** The claim's value: {@code serve}, {@code drain} or {@code end}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
