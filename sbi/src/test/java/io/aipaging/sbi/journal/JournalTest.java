package io.aipaging.sbi.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("new").resolve("fences.journal");
  }

  private List<String> content() {
    try (Journal journal = Journal.open(file)) {
      return journal.recovered();
    }
  }

  private void write(String... lines) {
    try (Journal journal = Journal.open(file)) {
      journal.append(List.of(lines));
    }
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.APPEND);
  }

  @Test
  void linesComeBackInOrder() {
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.recovered()).isEmpty();
      journal.append(List.of("one", "two"));
      journal.append(List.of());
      journal.append(List.of("three"));
      assertThat(journal.lines()).isEqualTo(3);
    }
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.recovered()).containsExactly("one", "two", "three");
      assertThat(journal.lines()).isEqualTo(3);
      journal.append(List.of("four"));
    }
    assertThat(content()).containsExactly("one", "two", "three", "four");
  }

  /** CRC-32C of "123456789" is 0xe3069283 (RFC 3720 appendix B.4 polynomial). */
  @Test
  void whatIsOnlyNotedIsThereForTheNextProcessToo() {
    try (Journal journal = Journal.open(file)) {
      journal.append(List.of("synced"));
      journal.note(List.of("noted"));
      assertThat(journal.lines()).isEqualTo(2);
    }

    try (Journal journal = Journal.open(file)) {
      assertThat(journal.recovered()).containsExactly("synced", "noted");
    }
  }

  @Test
  void theFormOfALineIsFixed() throws IOException {
    write("123456789");
    assertThat(Files.readString(file)).isEqualTo("e3069283 123456789\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\rb", "\r", "a\u2028b\u0085c", " ", "\u00e9\u4e2d\ud83d\ude00", "\u000b\f"})
  void everyLineSurvivesWhateverOthersTakeForALineEnd(String line) {
    write(line, "next");
    assertThat(content()).containsExactly(line, "next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\0b", "\ud83d"})
  void whatIsNoLineIsRefusedAndNothingIsWritten(String line) {
    try (Journal journal = Journal.open(file)) {
      assertThatThrownBy(() -> journal.append(List.of("good", line)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> journal.rewrite(List.of(line)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> journal.append(List.of("x".repeat(65_537))))
          .isInstanceOf(IllegalArgumentException.class);
      journal.append(List.of("x".repeat(65_536)));
    }
    assertThat(content()).containsExactly("x".repeat(65_536));
  }

  @Test
  void aTornLastLineIsDroppedWhereverItWasTorn() throws IOException {
    write("first", "l\u00e4st \u4e2d");
    byte[] whole = Files.readAllBytes(file);
    int firstEnds = "00000000 first\n".length();
    for (int length = firstEnds; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(content()).as("%d bytes", length).containsExactly("first");
      assertThat(Files.size(file)).as("%d bytes", length).isEqualTo(firstEnds);
    }
  }

  @Test
  void whatFollowsATornLineIsReadable() throws IOException {
    write("first");
    append("0badc0de tor".getBytes(StandardCharsets.US_ASCII));
    write("second");
    assertThat(content()).containsExactly("first", "second");
  }

  @Test
  void anUnwrittenPageAtTheEndIsATornLine() throws IOException {
    write("first");
    append(new byte[4_096]);
    assertThat(content()).containsExactly("first");
    append(new byte[512]);
    append("rest of the line\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(content()).containsExactly("first");
    write("second");
    assertThat(content()).containsExactly("first", "second");
  }

  @Test
  void everyDamagedByteBeforeTheEndIsNoticedWithAdvice() throws IOException {
    write("first", "second", "third");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length - 1; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x04;
      Files.write(file, damaged);
      assertThatThrownBy(this::content)
          .as("byte %d", at)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(file.toString())
          .hasMessageMatching("(?s).*damaged at line [123];.*restore.*move it away.*");
      assertThat(Files.readAllBytes(file)).as("is left for inspection").isEqualTo(damaged);
    }
  }

  @Test
  void bytesThatAreNoTextAreDamageToo() throws IOException {
    write("first", "second");
    byte[] bytes = Files.readAllBytes(file);
    bytes[10] = (byte) 0xff;
    Files.write(file, bytes);
    assertThatThrownBy(this::content)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void aHoleInTheMiddleIsDamage() throws IOException {
    write("first");
    append(new byte[64]);
    append("\n".getBytes(StandardCharsets.US_ASCII));
    append(JournalLines.encode(List.of("acknowledged")));
    assertThatThrownBy(this::content).hasMessageContaining("line 2");
  }

  @Test
  void aDamagedJournalMayBeOpenedAfterItWasMovedAway() throws IOException {
    write("first");
    append("nonsense\nmore\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(this::content).isInstanceOf(IllegalStateException.class);
    Files.move(file, directory.resolve("away"));
    assertThat(content()).isEmpty();
  }

  @Test
  void aSecondUserIsRefusedUntilTheFirstHasClosed() {
    Journal first = Journal.open(file);
    assertThatThrownBy(() -> Journal.open(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("held by another process; stop that one first");
    first.append(List.of("still mine"));
    first.close();
    try (Journal second = Journal.open(file)) {
      assertThat(second.recovered()).containsExactly("still mine");
      first.close(); // once more: must not release the lock of the second
      assertThatThrownBy(() -> Journal.open(file)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anotherPathToTheSameJournalIsTheSameJournal() throws IOException {
    try (Journal journal = Journal.open(file)) {
      Path link = Files.createSymbolicLink(directory.resolve("link"), file.getParent());
      Path other = link.resolve("..").resolve("new").resolve(file.getFileName());
      for (Path same : List.of(link.resolve(file.getFileName()), other)) {
        assertThatThrownBy(() -> Journal.open(same)).isInstanceOf(IllegalStateException.class);
      }
      journal.append(List.of("mine"));
    }
  }

  @Test
  void aClosedJournalRefuses() {
    Journal journal = Journal.open(file);
    journal.close();
    assertThatThrownBy(() -> journal.append(List.of("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(() -> journal.rewrite(List.of())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rewritingReplacesTheContentAndGoesOn() {
    try (Journal journal = Journal.open(file)) {
      journal.append(List.of("one", "two", "three"));
      journal.rewrite(List.of("two"));
      assertThat(journal.lines()).isEqualTo(1);
      journal.append(List.of("four"));
    }
    assertThat(content()).containsExactly("two", "four");
    try (Journal journal = Journal.open(file)) {
      journal.rewrite(List.of());
    }
    assertThat(content()).isEmpty();
    assertThat(file.resolveSibling("fences.journal.new")).doesNotExist();
  }

  @Test
  void aReplacementThatWasNotYetMovedIsForgotten() throws IOException {
    write("old");
    Path fresh = file.resolveSibling("fences.journal.new");
    for (String left : List.of("", "0bad", "e3069283 123456789\n")) {
      Files.writeString(fresh, left);
      assertThat(content()).containsExactly("old");
      assertThat(fresh).doesNotExist();
    }
    Files.move(file, file.resolveSibling("gone"));
    Files.writeString(fresh, "e3069283 123456789\n");
    assertThat(content()).as("only the move makes it the journal").isEmpty();
  }

  @Test
  void concurrentAppendsAreAllKeptWhole() throws Exception {
    int threads = 16;
    int each = 25;
    try (Journal journal = Journal.open(file);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        done.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    journal.append(List.of(thread + "-" + i + "-a", thread + "-" + i + "-b"));
                  }
                }));
      }
      for (Future<?> task : done) {
        task.get();
      }
      assertThat(journal.lines()).isEqualTo(threads * each * 2);
    }
    List<String> lines = content();
    assertThat(lines).hasSize(threads * each * 2).doesNotHaveDuplicates();
    for (int i = 0; i < lines.size(); i += 2) {
      String pair = lines.get(i).substring(0, lines.get(i).length() - 1);
      assertThat(lines.get(i + 1)).as("one write stays together").isEqualTo(pair + "b");
    }
  }

  @Test
  void aBigJournalIsReadBack() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      lines.add("{\"sid\":\"session-%08d\",\"pad\":\"%s\"}".formatted(i, "x".repeat(150)));
    }
    try (Journal journal = Journal.open(file)) {
      journal.append(lines);
    }
    assertThat(content()).isEqualTo(lines);
  }

  @Test
  void diskTroubleIsReportedAsSuch() throws IOException {
    Files.createDirectories(file);
    assertThatThrownBy(() -> Journal.open(file)).isInstanceOf(UncheckedIOException.class);
    Files.delete(file);
    assertThat(content()).as("and the lock is free again").isEmpty();
  }
}
