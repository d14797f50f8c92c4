package io.aipaging.sbi.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.sbi.journal.FaultyFile.Faults;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is acknowledged stays, whatever the disk does to the rest. */
class JournalFaultTest {
  private static final String RESTART = "restart";

  @TempDir Path directory;
  private final Faults faults = new Faults();
  private Path file;
  private Journal journal;

  @BeforeEach
  void openWithOneLine() {
    file = directory.resolve("journal");
    journal = Journal.open(file, FaultyFile.disk(faults));
    journal.append(List.of("acknowledged"));
  }

  private List<String> afterRestart() {
    journal.close();
    try (Journal again = Journal.open(file)) {
      return again.recovered();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 12, 20, 25})
  void aFullDiskLeavesNoHalfLineAndMayBeTriedAgain(int bytesLeft) {
    faults.bytesLeft = bytesLeft;
    assertThatThrownBy(() -> journal.append(List.of("refused-1", "refused-2")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(journal.lines()).isEqualTo(1);
    faults.bytesLeft = Integer.MAX_VALUE;
    journal.append(List.of("later"));
    assertThat(afterRestart()).containsExactly("acknowledged", "later");
  }

  @Test
  void aHalfLineThatCannotBeTakenBackStopsTheJournal() {
    faults.bytesLeft = 12;
    faults.truncate = true;
    assertThatThrownBy(() -> journal.append(List.of("refused")))
        .isInstanceOf(UncheckedIOException.class);
    faults.bytesLeft = Integer.MAX_VALUE;
    faults.truncate = false;
    assertThatThrownBy(() -> journal.append(List.of("would be after garbage")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(RESTART);
    assertThat(afterRestart()).containsExactly("acknowledged");
  }

  @Test
  void afterAFailedSyncNothingIsAcknowledgedUntilARestart() {
    faults.sync = true;
    assertThatThrownBy(() -> journal.append(List.of("unsure")))
        .isInstanceOf(UncheckedIOException.class);
    faults.sync = false;
    assertThatThrownBy(() -> journal.append(List.of("next")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(RESTART);
    assertThatThrownBy(() -> journal.rewrite(List.of("next")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(afterRestart()).startsWith("acknowledged").doesNotContain("next");
  }

  @Test
  void aRewriteThatFailsBeforeTheMoveKeepsTheOldContentAndGoesOn() {
    faults.bytesLeft = 5;
    assertThatThrownBy(() -> journal.rewrite(List.of("replacement")))
        .isInstanceOf(UncheckedIOException.class);
    faults.bytesLeft = Integer.MAX_VALUE;
    faults.sync = true;
    assertThatThrownBy(() -> journal.rewrite(List.of("replacement")))
        .isInstanceOf(UncheckedIOException.class);
    faults.sync = false;
    assertThat(file.resolveSibling("journal.new")).doesNotExist();
    assertThat(journal.lines()).isEqualTo(1);
    journal.append(List.of("later"));
    assertThat(afterRestart()).containsExactly("acknowledged", "later");
  }

  @Test
  void aDiskThatCannotSyncAtTheStartIsNotOpenedAndTheLockIsFree() {
    journal.close();
    faults.sync = true;
    assertThatThrownBy(() -> Journal.open(file, FaultyFile.disk(faults)))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(afterRestart()).containsExactly("acknowledged");
  }

  @Test
  void anInterruptedCallerDoesNotHarmTheJournal() {
    Thread.currentThread().interrupt();
    journal.append(List.of("one"));
    journal.rewrite(List.of("two"));
    assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
    journal.append(List.of("three"));
    assertThat(afterRestart()).containsExactly("two", "three");
  }
}
