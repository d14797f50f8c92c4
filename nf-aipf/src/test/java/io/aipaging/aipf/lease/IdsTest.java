package io.aipaging.aipf.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final int DRAWN = 10_000;

  @Test
  void randomIdsAreArgumentsOfCommandsAndNeverTwice() {
    assertThat(Stream.generate(Ids.random()::next).limit(DRAWN))
        .allMatch(id -> id.matches("[A-Za-z0-9_][A-Za-z0-9_-]{21}"))
        .doesNotHaveDuplicates();
  }
}
