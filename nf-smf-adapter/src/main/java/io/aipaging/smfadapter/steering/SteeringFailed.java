package io.aipaging.smfadapter.steering;

/** The driver could not carry out a step; nothing of it is in force. */
public final class SteeringFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure; {@code detail} is for the log. */
  public SteeringFailed(String detail) {
    super(detail);
  }

  /** A failure with its cause. */
  public SteeringFailed(String detail, Throwable cause) {
    super(detail, cause);
  }
}
