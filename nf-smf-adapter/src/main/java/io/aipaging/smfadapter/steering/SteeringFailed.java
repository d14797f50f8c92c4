package io.aipaging.smfadapter.steering;

/** The driver could not carry out a step. */
public final class SteeringFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean uncertain;

  /** A failure that left everything as it was; {@code detail} is for the log. */
  public SteeringFailed(String detail) {
    super(detail);
    this.uncertain = false;
  }

  /** A failure that left everything as it was, with its cause. */
  public SteeringFailed(String detail, Throwable cause) {
    super(detail, cause);
    this.uncertain = false;
  }

  private SteeringFailed(String detail, boolean uncertain) {
    super(detail);
    this.uncertain = uncertain;
  }

  /** A failure after which nobody knows whether the step is in force, such as a timeout. */
  public static SteeringFailed uncertain(String detail) {
    return new SteeringFailed(detail, true);
  }

  /** Whether the step may be in force all the same and has to be undone. */
  public boolean isUncertain() {
    return uncertain;
  }
}
