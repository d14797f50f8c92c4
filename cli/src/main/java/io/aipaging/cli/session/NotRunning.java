package io.aipaging.cli.session;

import java.io.IOException;

/** There is no set to talk to. */
public final class NotRunning extends IOException {
  private static final long serialVersionUID = 1L;

  NotRunning(String message) {
    super(message);
  }
}
