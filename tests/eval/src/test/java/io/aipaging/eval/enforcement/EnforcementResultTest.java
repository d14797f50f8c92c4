package io.aipaging.eval.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.eval.Mode;
import io.aipaging.eval.enforcement.Case.Age;
import io.aipaging.eval.enforcement.Case.Controller;
import io.aipaging.lab.Transport;
import io.aipaging.sbi.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnforcementResultTest {
  private static final Case FIRST = new Case(Controller.KILLED, Mode.DNAT, Transport.UDP, Age.NEW);
  private static final Case SECOND =
      new Case(Controller.ALIVE, Mode.ROUTE, Transport.TCP, Age.ESTABLISHED);

  @Test
  void theEarliestCutIsTheOneFarthestFromTheEnd() {
    EnforcementResult result =
        EnforcementResult.of(
            List.of(run(FIRST, 0, 51, 53), run(FIRST, 0, 58, 59), run(SECOND, 0, 49, 48)), 0, 50);

    assertThat(result.runs()).isEqualTo(3);
    assertThat(result.earliestCutMs()).isEqualTo(58);
    assertThat(result.holds()).isTrue();
    assertThat(result.byCase())
        .containsOnlyKeys("alive/route/tcp/established", "killed/dnat/udp/new");
    EnforcementResult.ByCase killed = result.byCase().get("killed/dnat/udp/new");
    assertThat(killed).isEqualTo(new EnforcementResult.ByCase(2, 18, 0, 58, 58, 53));
  }

  @Test
  void itFailsOnAPacketThatIsLateOneThatLeakedAndAGateThatClosedTooEarly() {
    assertThat(EnforcementResult.of(List.of(run(FIRST, 1, 50, -1)), 0, 50).holds()).isFalse();
    assertThat(EnforcementResult.of(List.of(run(FIRST, 0, 50, 50)), 1, 50).holds()).isFalse();
    assertThat(EnforcementResult.of(List.of(run(FIRST, 0, 61, 61)), 0, 50).holds()).isFalse();
  }

  @Test
  void itIsOneLineOfJson() throws Exception {
    String json =
        Json.MAPPER.writeValueAsString(EnforcementResult.of(List.of(run(FIRST, 0, 51, 53)), 0, 50));
    assertThat(json)
        .isEqualTo(
            "{\"runs\":1,\"packetsTriedAfterExp\":9,\"packetsAfterExp\":0,\"packetsLeaked\":0,\"marginMs\":50,"
                + "\"earliestCutMs\":51.0,\"byCase\":{\"killed/dnat/udp/new\":{\"runs\":1,\"packetsTriedAfterExp\":9,"
                + "\"packetsAfterExp\":0,\"earliestCutMs\":51.0,\"medianCutMs\":51.0,"
                + "\"latestPacketMs\":53.0}}}");
  }

  @Test
  void everyCombinationIsACase() {
    for (Controller controller : Controller.values()) {
      assertThat(Case.of(controller)).hasSize(8).doesNotHaveDuplicates();
    }
  }

  private static Run.Outcome run(Case what, int after, long cutMs, long lastMs) {
    return new Run.Outcome(what, 9, after, Duration.ofMillis(cutMs), Duration.ofMillis(lastMs));
  }
}
