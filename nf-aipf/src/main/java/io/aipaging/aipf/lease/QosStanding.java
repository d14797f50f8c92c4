package io.aipaging.aipf.lease;

import org.jspecify.annotations.Nullable;

/**
 * How a session's QoS stands at the core.
 *
 * @param status what the core said
 * @param cause why it refused, or null
 */
public record QosStanding(Status status, @Nullable String cause) {
  /** Nothing is asked for. */
  public static final QosStanding NOT_REQUESTED = new QosStanding(Status.NOT_REQUESTED, null);

  /** Not answered yet. */
  public static final QosStanding REQUESTED = new QosStanding(Status.REQUESTED, null);

  /** What the core said. */
  public enum Status {
    /** Nothing is asked for. */
    NOT_REQUESTED,
    /** Not answered yet. */
    REQUESTED,
    /** It said 201. */
    ACCEPTED,
    /** It shows the binding. */
    CONFIRMED,
    /** It refused what was only preferred. */
    REFUSED
  }

  /** From the adapter's word: only what it calls {@code CONFIRMED} is. */
  public static QosStanding enforcement(String enforcement) {
    return new QosStanding(
        enforcement.equals("CONFIRMED") ? Status.CONFIRMED : Status.ACCEPTED, null);
  }

  /** A preferred binding that was refused. */
  public static QosStanding refused(String cause) {
    return new QosStanding(Status.REFUSED, cause);
  }

  /** Whether a binding stands. */
  public boolean bound() {
    return status == Status.ACCEPTED || status == Status.CONFIRMED;
  }
}
