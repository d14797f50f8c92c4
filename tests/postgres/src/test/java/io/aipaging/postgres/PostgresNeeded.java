package io.aipaging.postgres;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;

/** Skips a test, with the reason, where no PostgreSQL can be started. */
final class PostgresNeeded {
  private PostgresNeeded() {}

  static void orSkip() {
    PostgresServer.unavailable()
        .ifPresent(
            reason -> {
              if ("1".equals(System.getenv("AIPAGING_REQUIRE_ALL"))) {
                fail("AIPAGING_REQUIRE_ALL=1, but " + reason);
              }
              Assumptions.abort(reason);
            });
  }
}
