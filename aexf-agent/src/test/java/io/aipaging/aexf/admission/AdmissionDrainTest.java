package io.aipaging.aexf.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A drain is a state of the anchor's agent (lease-protocol §5, Relocate). */
class AdmissionDrainTest {
  private static final int SLOTS = 4;
  private static final String LEASE = "lease-0001";
  private static final String SESSION = "session-0001";
  private final AdmissionKit kit = new AdmissionKit(SLOTS);

  @Test
  void aDrainSurvivesARestartAndSoDoesItsEnd() {
    kit.drain(true);
    kit.start(SLOTS);
    assertThat(kit.status().draining()).isTrue();
    kit.drain(false);
    kit.start(SLOTS);
    assertThat(kit.status().draining()).isFalse();
  }

  @Test
  void aDrainSurvivesTheRewritingOfTheJournal() {
    kit.hold(LEASE, SESSION, 60_000);
    for (int turn = 0; turn < 1_100; turn++) {
      kit.drain(turn % 2 == 1);
    }
    kit.drain(true);
    int before = kit.journal.lines();
    kit.serve(LEASE, SESSION, 1);
    assertThat(kit.journal.lines()).isLessThan(before);
    kit.start(SLOTS);
    assertThat(kit.status().draining()).isTrue();
    assertThat(kit.journal.lines).anyMatch(line -> line.contains(SESSION));
  }

  @Test
  void repeatingADrainWritesNothing() {
    kit.drain(true);
    int lines = kit.journal.lines();
    kit.drain(true);
    assertThat(kit.journal.lines()).isEqualTo(lines);
  }

  @Test
  void whatIsNotOnTheDiskIsNotPromised() {
    kit.journal.failing = true;
    assertThatThrownBy(() -> kit.drain(true)).hasMessageContaining("disk full");
    kit.journal.failing = false;
    kit.start(SLOTS);
    assertThat(kit.status().draining()).isFalse();
    kit.hold(LEASE, SESSION);
  }

  @Test
  void liveSessionsAndHoldsThatWereGivenAreNotTouched() {
    kit.hold(LEASE, SESSION);
    kit.drain(true);
    kit.serve(LEASE, SESSION, 1);
    kit.serve(LEASE, SESSION, 2);
    assertThat(kit.live(SESSION)).isNotNull();
    assertThat(kit.status().slotsHeld()).isEqualTo(1);
  }
}
