package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.250Z");
  private final Load load = new Load(new UUID(0, 7));

  @Test
  void itIsToldAsTheSpecificationWritesIt() {
    assertThat(load.due(NOW, 25))
        .isEqualTo(
            "Timestamp: \"Sat, 28 Nov 2026 10:00:00.250 GMT\"; Load-Metric: 25%;"
                + " NF-Instance: 00000000-0000-0000-0000-000000000007");
  }

  @Test
  void itIsToldOnceInASecond() {
    assertThat(load.due(NOW, 25)).isNotNull();
    assertThat(load.due(NOW.plusMillis(999), 25 + Load.MUCH - 1)).isNull();
    assertThat(load.due(NOW.plusMillis(1_000), 25)).isNotNull();
  }

  @Test
  void aGreatChangeIsToldAtOnce() {
    assertThat(load.due(NOW, 25)).isNotNull();
    assertThat(load.due(NOW, 25 + Load.MUCH)).contains("Load-Metric: 45%");
    assertThat(load.due(NOW, 25)).contains("Load-Metric: 25%");
  }

  @Test
  void aClockSetBackSilencesNothing() {
    assertThat(load.due(NOW, 25)).isNotNull();
    assertThat(load.due(NOW.minusSeconds(3_600), 25)).isNotNull();
  }
}
