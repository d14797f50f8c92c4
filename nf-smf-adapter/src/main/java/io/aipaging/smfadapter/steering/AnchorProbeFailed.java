package io.aipaging.smfadapter.steering;

import java.io.IOException;

/** An agent was reached but did not answer as an agent does. */
public final class AnchorProbeFailed extends IOException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  /** A failure; {@code problem} becomes the cause in {@code ProbeResult}. */
  public AnchorProbeFailed(String problem) {
    super(problem);
    this.problem = problem;
  }

  /** What was wrong, such as {@code MALFORMED_ANSWER}. */
  public String problem() {
    return problem;
  }
}
