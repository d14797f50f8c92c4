package io.aipaging.aipf.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.selection.AnchorHealth;
import io.aipaging.aipf.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnchorWatchTest {
  private final World world = new World();
  private final AnchorWatch watch =
      new AnchorWatch(
          new AnchorWatch.Question(
              World.SET, List.of("anchor-a", "anchor-b", "anchor-x"), Duration.ofSeconds(1)),
          id -> Optional.ofNullable(world.anchors.get(id)),
          world.clock,
          world.strands);

  @Test
  void nothingIsKnownBeforeTheFirstQuestion() {
    assertThat(watch.healthOf("anchor-a")).isEmpty();
  }

  @Test
  void whatAnAgentReportsIsKnown() {
    world.paged();
    watch.ask();
    assertThat(watch.healthOf("anchor-a"))
        .contains(new AnchorHealth("anchor-a", true, false, 4, 1));
    assertThat(watch.healthOf("anchor-b"))
        .contains(new AnchorHealth("anchor-b", true, false, 4, 0));
  }

  @Test
  void anAnchorThatDoesNotAnswerOrDoesNotExistIsUnhealthy() {
    world.faults.refuse("anchor-a.getStatus", 504, "TIMED_OUT_REQUEST");
    world.faults.before(
        "anchor-b.getStatus",
        () -> {
          throw new IllegalStateException("a defect of the peer");
        });
    watch.ask();
    for (String anchor : List.of("anchor-a", "anchor-b", "anchor-x")) {
      assertThat(watch.healthOf(anchor).orElseThrow().healthy()).as(anchor).isFalse();
    }
  }

  @Test
  void anOldReportIsNotBelieved() {
    watch.ask();
    world.clock.advance(Duration.ofSeconds(3));
    assertThat(watch.healthOf("anchor-a")).isPresent();
    world.clock.advance(Duration.ofMillis(1));
    assertThat(watch.healthOf("anchor-a")).isEmpty();
  }
}
