package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.wire.OverloadControl;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OverloadTest {
  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
  private final Overload overload = new Overload(UUID.randomUUID());

  private int refused(Instant now) {
    return OverloadControl.parse(overload.refused(now)).orElseThrow().reductionPercent();
  }

  @Test
  void theReductionIsTheShareThatFindsNoPlace() {
    for (int i = 0; i < 3; i++) {
      overload.taken(START);
    }
    assertThat(refused(START)).isEqualTo(25);
    assertThat(refused(START)).isEqualTo(40);
  }

  @Test
  void whatWasLongAgoDoesNotCount() {
    for (int i = 0; i < 99; i++) {
      overload.taken(START);
    }
    assertThat(refused(START.plus(Overload.WINDOW).minusMillis(1))).isEqualTo(1);
    assertThat(refused(START.plus(Overload.WINDOW))).isEqualTo(100);
  }

  @Test
  void aClockThatGoesBackBeginsAnew() {
    overload.taken(START);
    assertThat(refused(START.minusSeconds(1))).isEqualTo(100);
  }
}
