package io.aipaging.sbi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractPatternTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"})
  void theEndIsNotBeforeALineBreak(String lineBreak) {
    ContractPattern id = new ContractPattern("^[a-z]+$");
    assertThat(id.matches("id")).isTrue();
    assertThat(id.matches("id" + lineBreak)).isFalse();
    ContractPattern either = new ContractPattern("^(a|b$)");
    assertThat(either.matches("b" + lineBreak)).isFalse();
  }

  @Test
  void aDollarThatIsNoAnchorStaysADollar() {
    assertThat(new ContractPattern("^[$]\\$$").matches("$$")).isTrue();
    assertThat(new ContractPattern("^[\\]$]$").matches("$")).isTrue();
    assertThat(new ContractPattern("^\\\\$").matches("\\")).isTrue();
  }

  @Test
  void anEndInsideALookaheadIsOneToo() {
    ContractPattern v4 = new ContractPattern("^([0-9]{1,3}(\\.(?!$)|$)){4}$");
    assertThat(v4.matches("10.45.0.2")).isTrue();
    assertThat(v4.matches("10.45.0.")).isFalse();
    assertThat(v4.matches("10.45.0.2\n")).isFalse();
  }

  @Test
  void withoutAnchorsAPatternMatchesAnywhere() {
    assertThat(new ContractPattern("b").matches("abc")).isTrue();
  }
}
