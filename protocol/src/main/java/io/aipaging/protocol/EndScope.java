package io.aipaging.protocol;

import java.util.Locale;

/** What an {@code end} ends. */
public enum EndScope {
  /** Its lease only. */
  LEASE,
  /** Every lease of its session. */
  SESSION;

  /** The claim's value: {@code lease} or {@code session}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
