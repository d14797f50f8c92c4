package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.gateway.Places.Place;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final UeAddress ONE = UeAddress.parse("10.45.0.2");
  private static final UeAddress OTHER = UeAddress.parse("2001:db8::/64");

  @Test
  void oneUeGetsOnlySoManyOfAll() {
    Places places = new Places(3, 2);

    assertThat(places.tryTake(ONE)).isPresent();
    assertThat(places.tryTake(ONE)).isPresent();
    assertThat(places.tryTake(ONE)).isEmpty();
    assertThat(places.tryTake(OTHER)).isPresent();
    assertThat(places.tryTake(OTHER)).isEmpty();
    assertThat(places.taken()).isEqualTo(3);
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    Places places = new Places(2, 2);
    Optional<Place> first = places.tryTake(ONE);
    places.tryTake(ONE);

    first.ifPresent(Place::giveBack);
    first.ifPresent(Place::close);

    assertThat(places.taken()).isEqualTo(1);
    assertThat(places.tryTake(ONE)).isPresent();
    assertThat(places.tryTake(ONE)).isEmpty();
  }
}
