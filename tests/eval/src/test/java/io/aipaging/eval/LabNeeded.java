package io.aipaging.eval;

import static org.assertj.core.api.Assertions.fail;

import io.aipaging.lab.Lab;
import org.junit.jupiter.api.Assumptions;

/** Skips an experiment, with the reason, where no lab can be opened. */
public final class LabNeeded {
  private LabNeeded() {}

  /** Fails instead where nothing may be skipped. */
  public static void orSkip() {
    Lab.unavailable()
        .ifPresent(
            reason -> {
              if ("1".equals(System.getenv("AIPAGING_REQUIRE_ALL"))) {
                fail("AIPAGING_REQUIRE_ALL=1, but there is no lab: " + reason);
              }
              Assumptions.abort("no lab: " + reason);
            });
  }
}
