package io.aipaging.eval.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupResultTest {
  private static final String MEMORY =
      """
      55a0c0000000-7ffd0e5f2000 ---p 00000000 00:00 0                          [rollup]
      Rss:              137216 kB
      Pss:              101376 kB
      Pss_Anon:          81920 kB
      """;

  @Test
  void mediansAndSpreadAreThoseOfTheStarts() {
    StartupResult result =
        StartupResult.of(
            Map.of(
                "nf-aipf",
                Map.of(
                    StartMode.AOT,
                    List.of(
                        new Start(700.04, 2048, 1024),
                        new Start(500, 3072, 1024),
                        new Start(900, 1024, 1024)))));

    StartupResult.Figures figures = result.functions().get("nf-aipf").get("aot");
    assertThat(figures.starts()).isEqualTo(3);
    assertThat(figures.readyMs()).isEqualTo(new StartupResult.Spread(500, 700, 900));
    assertThat(figures.rssMib()).isEqualTo(new StartupResult.Spread(1, 2, 3));
    assertThat(figures.pssMib()).isEqualTo(new StartupResult.Spread(1, 1, 1));
    assertThat(result.table()).contains("nf-aipf").contains("700 (500 to 900)");
  }

  @Test
  void memoryIsReadFromTheKernelsSummary() throws Exception {
    assertThat(Start.kilobytes("Rss", MEMORY)).isEqualTo(137_216);
    assertThat(Start.kilobytes("Pss", MEMORY)).isEqualTo(101_376);
    assertThatThrownBy(() -> Start.kilobytes("Swap", MEMORY)).hasMessageContaining("no Swap");
  }

  @Test
  void thisProcessHasMemory() throws Exception {
    assertThat(Start.ofIdle(1, ProcessHandle.current().pid()).rssKb()).isPositive();
  }

  @Test
  void withoutACacheThereIsNoAheadOfTimeStart() {
    assertThat(StartMode.AOT.options(Optional.of("/x.aot"))).contains("-XX:AOTCache=/x.aot");
    assertThatThrownBy(() -> StartMode.AOT.options(Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
