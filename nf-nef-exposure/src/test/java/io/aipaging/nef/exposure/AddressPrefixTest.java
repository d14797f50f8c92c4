package io.aipaging.nef.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.UeAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "10.45.0.0/16, 10.45.255.255, true",
    "10.45.0.0/16, 10.46.0.0, false",
    "10.45.0.2/32, 10.45.0.2, true",
    "10.45.0.2/32, 10.45.0.3, false",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8:45::/48, 2001:db8:45:1::/64, true",
    "2001:db8:45::/48, 2001:db8::/32, false",
    "::/0, 10.45.0.2, false"
  })
  void onlyWhatIsWhollyInsideIsContained(String prefix, String ue, boolean inside) {
    assertThat(AddressPrefix.parse(prefix).contains(UeAddress.parse(ue))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.45.0.0",
        "10.45.0.1/16",
        "10.45/16",
        "10.45.0.0/33",
        "10.45.0.0/-1",
        "x/8",
        "::/129"
      })
  void whatIsNoPrefixIsRefused(String text) {
    assertThatThrownBy(() -> AddressPrefix.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
