package io.aipaging.sbi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.regex.RegularExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternDialectTest {
  private final PatternDialect dialect = new PatternDialect();

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "x\n"})
  void aLineTerminatorAtTheEndIsPartOfTheText(String end) {
    RegularExpression id = dialect.getRegularExpression("^[a-z]{2}$");
    assertThat(id.matches("ab")).isTrue();
    assertThat(id.matches("ab" + end)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "^a$,^a\\z",
    "^a\\$$,^a\\$\\z",
    "[$]$,[$]\\z",
    "(\\.(?!$)|$){4}$,(\\.(?!\\z)|\\z){4}\\z"
  })
  void onlyTheAnchorIsTranslated(String regex, String java) {
    assertThat(PatternDialect.java(regex)).isEqualTo(java);
  }

  @Test
  void aPatternWithoutAnchorsMatchesAnywhere() {
    assertThat(dialect.getRegularExpression("b").matches("abc")).isTrue();
  }
}
