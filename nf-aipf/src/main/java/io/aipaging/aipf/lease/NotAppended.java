package io.aipaging.aipf.lease;

import org.jspecify.annotations.Nullable;

/** A transition that did not happen; nothing was written. */
public final class NotAppended extends Exception {
  private static final long serialVersionUID = 1L;

  private final String cause;
  private final transient @Nullable Session current;

  /**
   * A transition that did not happen.
   *
   * @param cause {@code STALE_SESSION} when another transition was faster, or why the machine
   *     refused
   * @param current the session as it is, or null when unknown
   */
  public NotAppended(String cause, @Nullable Session current) {
    super(cause, null, false, false);
    this.cause = cause;
    this.current = current;
  }

  /** Why. */
  public String problemCause() {
    return cause;
  }

  /** Another transition was faster: reading again may help. */
  public boolean stale() {
    return cause.equals(Leases.STALE);
  }

  /** The session as it is, or null when unknown. */
  public @Nullable Session current() {
    return current;
  }
}
