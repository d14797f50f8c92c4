package io.aipaging.cli;

import io.aipaging.cli.session.NotRunning;
import io.aipaging.openapi.Refusal;

/** What the command's exit code tells a script. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** Something did not work. */
  public static final int FAILED = 1;

  /** The service refused. */
  public static final int REFUSED = 3;

  /** The service cannot be reached. */
  public static final int UNREACHABLE = 4;

  private static final int GATEWAY_TIMEOUT = 504;

  private ExitCode() {}

  /** The code for a failure. */
  static int of(Exception failure) {
    if (failure instanceof Refusal refusal) {
      return refusal.status() == GATEWAY_TIMEOUT ? UNREACHABLE : REFUSED;
    }
    return failure instanceof NotRunning ? UNREACHABLE : FAILED;
  }
}
