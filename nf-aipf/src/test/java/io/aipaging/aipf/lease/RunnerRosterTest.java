package io.aipaging.aipf.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RunnerRosterTest {
  private final RunnerRoster roster = new RunnerRoster();

  private boolean hears(String... alive) {
    roster.asking();
    return roster.heard(Set.of(alive));
  }

  @Test
  void beforeTheFirstAnswerEverybodyMayBeAlive() {
    assertThat(roster.alive("a")).isTrue();
    assertThat(hears("b")).isTrue();
  }

  @Test
  void aRunThatVanishesIsGoneAtOnce() {
    hears("a", "b");
    assertThat(hears("a")).isTrue();
    assertThat(roster.alive("b")).isFalse();
    assertThat(hears("a")).isFalse();
  }

  @Test
  void aRunNobodyHasNamedMayHaveBegunSinceTheLastAnswer() {
    hears("a");
    assertThat(roster.alive("new")).isTrue();
    hears("a", "new");
    assertThat(roster.alive("new")).isTrue();
  }

  @Test
  void aRunThatTheNextAnswerDoesNotNameEitherIsGone() {
    hears("a");
    roster.alive("old");
    assertThat(hears("a")).isTrue();
    assertThat(roster.alive("old")).isFalse();
  }

  @Test
  void anAnswerThatWasAskedForBeforeDoesNotCount() {
    hears("a");
    roster.asking();
    roster.alive("new");
    assertThat(roster.heard(Set.of("a"))).isFalse();
    assertThat(roster.alive("new")).isTrue();
  }

  @Test
  void aRunThatComesBackIsAlive() {
    hears("a", "b");
    hears("a");
    hears("a", "b");
    assertThat(roster.alive("b")).isTrue();
  }

  @Test
  void withoutAnswersNobodyIsGone() {
    hears("a", "b");
    hears("a");
    roster.lost();
    assertThat(roster.alive("b")).isTrue();
    assertThat(roster.heard(null)).isFalse();
    assertThat(roster.alive("b")).isTrue();
    assertThat(hears("a")).isTrue();
    assertThat(roster.alive("b")).isFalse();
  }
}
