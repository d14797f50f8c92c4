package io.aipaging.aipf.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResidencyTest {
  @Test
  void noCodesMeanAnywhere() {
    assertThat(Residency.ANYWHERE.allows("US")).isTrue();
  }

  @Test
  void aCountryAllowsOnlyItself() {
    Residency germany = Residency.of(List.of("DE"));
    assertThat(germany.allows("DE")).isTrue();
    assertThat(germany.allows("FR")).isFalse();
  }

  @Test
  void theEuAllowsItsMembersAndNobodyElse() {
    Residency eu = Residency.of(List.of("EU"));
    assertThat(eu.allows("IE")).isTrue();
    assertThat(List.of("GB", "CH", "NO", "US")).noneMatch(eu::allows);
  }

  @Test
  void severalCodesAllowEachOfThem() {
    Residency residency = Residency.of(List.of("CH", "EU"));
    assertThat(residency.allows("CH")).isTrue();
    assertThat(residency.allows("SK")).isTrue();
    assertThat(residency.allows("GB")).isFalse();
  }

  @Test
  void orderAndRepetitionDoNotMatter() {
    assertThat(Residency.of(List.of("FR", "DE", "FR")))
        .isEqualTo(Residency.of(List.of("DE", "FR")));
  }

  @Test
  void unknownCodesAreRefused() {
    for (String code : List.of("XX", "eu", "Germany", "")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Residency.of(List.of(code)));
    }
  }
}
