package io.aipaging.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.paging.Revocation;
import io.aipaging.openapi.paging.RevokeSessions;
import org.junit.jupiter.api.Test;

/** What {@code aipaging session revoke} makes of answers that are not complete. */
class RevokingTest {
  private static final RevokeSessions ALL =
      new RevokeSessions(null, null, null, null, true, "OPERATOR");

  @Test
  void aCompleteAnswerIsTheAnswer() {
    Revocation answer = new Revocation(3, 2, 1, true);
    assertThat(revoked(new Scripted(answer))).isEqualTo(answer);
  }

  @Test
  void whatIsNotCompleteGoesOnAndIsAddedUp() {
    Scripted aipf =
        new Scripted(
            new Revocation(50, 48, 2, false),
            new Revocation(42, 40, 2, false),
            new Revocation(9, 8, 1, true));
    assertThat(revoked(aipf)).isEqualTo(new Revocation(97, 96, 1, true));
    assertThat(aipf.requests).containsExactly(ALL, ALL, ALL);
  }

  @Test
  void whatEndedSinceItWasSeenEndingIsProgress() {
    Scripted aipf =
        new Scripted(
            new Revocation(2, 0, 2, false),
            new Revocation(1, 0, 1, false),
            new Revocation(0, 0, 0, true));
    assertThat(revoked(aipf)).isEqualTo(new Revocation(0, 0, 0, true));
    assertThat(aipf.allAnswered()).isTrue();
  }

  @Test
  void whereNothingMovesItGivesUpAndSaysSo() {
    Scripted aipf = new Scripted(new Revocation(3, 0, 3, false), new Revocation(3, 0, 3, false));
    assertThat(revoked(aipf)).isEqualTo(new Revocation(3, 0, 3, false));
  }

  private static Revocation revoked(Scripted script) {
    return new Revoking(script.aipf(), Scripted::call).run(ALL);
  }
}
