package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  @ParameterizedTest
  @CsvSource({"0, 64", "7, 64", "8, 60", "15, 60", "16, 56", "24, 56", "25, 48", "31, 48"})
  void theLessImportantTheEarlierItIsTurnedAway(int priority, int found) {
    Places places = new Places(64);
    int taken = 0;
    while (places.take(priority)) {
      taken++;
    }
    assertThat(taken).isEqualTo(found);
  }

  @Test
  void whatIsMoreImportantFindsRoomWhereOthersFindNone() {
    Places places = new Places(16);
    for (int i = 0; i < 14; i++) {
      assertThat(places.take(Places.PRIORITY_DEFAULT)).isTrue();
    }
    assertThat(places.take(Places.PRIORITY_DEFAULT)).isFalse();
    assertThat(places.take(8)).isTrue();
    assertThat(places.take(8)).isFalse();
    assertThat(places.take(0)).isTrue();
    assertThat(places.take(0)).isFalse();
    places.leave();
    assertThat(places.take(0)).isTrue();
  }

  @Test
  void aSinglePlaceIsEverybodys() {
    assertThat(new Places(1).take(31)).isTrue();
  }
}
