package io.aipaging.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.paging.AnchorDrain;
import io.aipaging.openapi.paging.DrainAnchor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How {@code aipaging anchor drain --wait} waits. */
class DrainingTest {
  private final List<AnchorDrain> told = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void withoutWaitingItIsToldOnce() throws Exception {
    Scripted aipf = new Scripted(left(7));
    assertThat(drained(aipf, Duration.ZERO)).isEqualTo(left(7));
    assertThat(aipf.requests).containsExactly(new DrainAnchor("a", true));
    assertThat(pauses).isEmpty();
  }

  @Test
  void itWaitsUntilTheAnchorIsEmptyAndTellsEveryChangeOnce() throws Exception {
    Scripted aipf = new Scripted(left(2), left(2), left(1), left(0));
    assertThat(drained(aipf, Duration.ofMinutes(1))).isEqualTo(left(0));
    assertThat(told).containsExactly(left(2), left(1), left(0));
    assertThat(pauses).hasSize(3).containsOnly(Draining.BETWEEN);
  }

  @Test
  void anEmptyAnchorIsNotWaitedFor() throws Exception {
    assertThat(drained(new Scripted(left(0)), Duration.ofMinutes(1))).isEqualTo(left(0));
    assertThat(pauses).isEmpty();
  }

  @Test
  void sessionsThatStayAreNotWaitedForLongerThanWanted() throws Exception {
    Scripted aipf = new Scripted(left(1), left(1), left(1));
    assertThat(drained(aipf, Draining.BETWEEN.multipliedBy(2))).isEqualTo(left(1));
    assertThat(aipf.allAnswered()).isTrue();
    assertThat(told).containsExactly(left(1));
  }

  private AnchorDrain drained(Scripted script, Duration longest) throws InterruptedException {
    return new Draining(script.aipf(), Scripted::call, pauses::add).run("a", longest, told::add);
  }

  private static AnchorDrain left(int sessions) {
    return new AnchorDrain("a", true, sessions);
  }
}
