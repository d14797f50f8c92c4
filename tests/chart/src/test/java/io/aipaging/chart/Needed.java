package io.aipaging.chart;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Skips a test, with the reason, where it cannot run; a failure with AIPAGING_REQUIRE_ALL=1. */
final class Needed {
  private Needed() {}

  static void orSkip(boolean there, String reason) {
    if (there) {
      return;
    }
    if ("1".equals(System.getenv("AIPAGING_REQUIRE_ALL"))) {
      Assertions.fail("AIPAGING_REQUIRE_ALL=1, but " + reason);
    }
    Assumptions.abort(reason);
  }

  /** Helm is in a native library of this platform only. */
  static void helm() {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    orSkip(platform.equals("Linux amd64"), "Helm's library is for Linux amd64, not " + platform);
  }
}
