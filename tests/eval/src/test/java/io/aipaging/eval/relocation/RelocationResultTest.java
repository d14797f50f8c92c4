package io.aipaging.eval.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.eval.relocation.RelocationResult.Losses;
import io.aipaging.eval.relocation.RelocationResult.Part;
import io.aipaging.sbi.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelocationResultTest {
  @Test
  void movesInTheRightOrderAreCountedApartFromOthers() {
    RelocationResult result =
        RelocationResult.of(
            List.of(
                new Part(Style.MAKE_BEFORE_BREAK, 100, 1_000, 0, 500, 0),
                new Part(Style.MAKE_BEFORE_BREAK, 100, 1_100, 0, 600, 0),
                new Part(Style.BREAK_AT_ONCE, 20, 200, 3, 50, 2),
                new Part(Style.BREAK_AND_WAIT, 20, 200, 100, 50, 30)));

    assertThat(result.makeBeforeBreak()).isEqualTo(new Losses(200, 2_100, 0, 1_100, 0));
    assertThat(result.breakBeforeMake()).isEqualTo(new Losses(40, 400, 103, 100, 32));
    assertThat(result.holds()).isTrue();
  }

  @Test
  void oneLossIsTooMuch() {
    assertThat(result(1, 0).holds()).isFalse();
    assertThat(result(0, 1).holds()).isFalse();
    assertThat(result(0, 0).holds()).isTrue();
  }

  @Test
  void itIsOneLineOfJson() throws Exception {
    assertThat(Json.MAPPER.writeValueAsString(result(0, 0)))
        .isEqualTo(
            "{\"makeBeforeBreak\":{\"relocations\":2,\"udpSent\":9,\"udpLost\":0,"
                + "\"httpRequests\":9,\"httpFailed\":0},\"breakBeforeMake\":{\"relocations\":0,"
                + "\"udpSent\":0,\"udpLost\":0,\"httpRequests\":0,\"httpFailed\":0}}");
  }

  private static RelocationResult result(int udpLost, int httpFailed) {
    return RelocationResult.of(
        List.of(new Part(Style.MAKE_BEFORE_BREAK, 2, 9, udpLost, 9, httpFailed)));
  }
}
