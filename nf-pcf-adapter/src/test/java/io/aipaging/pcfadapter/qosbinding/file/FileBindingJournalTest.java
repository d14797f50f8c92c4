package io.aipaging.pcfadapter.qosbinding.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.pcfadapter.qosbinding.Binding;
import io.aipaging.pcfadapter.qosbinding.BindingIdentity;
import io.aipaging.pcfadapter.qosbinding.SubscriberMark;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBindingJournalTest {
  private static final SubscriberMark MARK = SubscriberMark.of("imsi-001010000000001");

  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir Path folder;

  private FileBindingJournal open() {
    return FileBindingJournal.open(folder.resolve("journal"));
  }

  private static BindingIdentity identity(String ref) {
    return new BindingIdentity(ref, "notif-" + ref, "10.45.0.2", "low-latency", "digest", MARK);
  }

  @Test
  void theLastStateOfEveryBindingIsFoundAgain() {
    Binding held = new Binding.Held(identity("a"), "app-1", AT);
    Binding confirmed = new Binding.Confirmed(identity("b"), "app-2", AT);
    Binding ending = new Binding.Ending(identity("c"), "app-3", "DELETED", 0);
    Binding lost = new Binding.Lost(identity("d"), AT);
    try (FileBindingJournal journal = open()) {
      journal.write(new Binding.Held(identity("b"), "app-2", AT));
      List.of(held, confirmed, ending, lost).forEach(journal::write);
      journal.write(new Binding.Held(identity("e"), "app-5", AT));
      journal.forget("e");
    }
    try (FileBindingJournal journal = open()) {
      assertThat(journal.replay()).containsExactlyInAnyOrder(held, confirmed, ending, lost);
    }
  }

  @Test
  void whatWasAnsweredIsOnTheDiskWithoutClosing() throws Exception {
    try (FileBindingJournal journal = open()) {
      journal.write(new Binding.Held(identity("a"), "app-1", AT));
      assertThat(Files.readString(folder.resolve("journal"))).contains("\"app-1\"");
    }
  }

  @Test
  void manyBindingsAtOnceAllSurvive() throws Exception {
    try (FileBindingJournal journal = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writes = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String ref = "b" + i;
        writes.add(
            threads.submit(() -> journal.write(new Binding.Held(identity(ref), "app-" + ref, AT))));
      }
      for (Future<?> write : writes) {
        write.get();
      }
    }
    try (FileBindingJournal journal = open()) {
      assertThat(journal.replay()).hasSize(300);
    }
  }

  @Test
  void aLongJournalIsShortened() throws Exception {
    try (FileBindingJournal journal = open()) {
      for (int i = 0; i < 6_000; i++) {
        journal.write(new Binding.Lost(identity("b" + i), AT));
        journal.forget("b" + i);
      }
      journal.write(new Binding.Held(identity("last"), "app", AT));
    }
    try (var lines = Files.lines(folder.resolve("journal"))) {
      assertThat(lines.count()).isLessThan(10_000);
    }
    try (FileBindingJournal journal = open()) {
      assertThat(journal.replay()).hasSize(1);
    }
  }

  @Test
  void aClosedJournalTakesNothing() {
    FileBindingJournal journal = open();
    journal.close();
    assertThatThrownBy(() -> journal.write(new Binding.Held(identity("a"), "app-1", AT)))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void noSubscriberIdentityIsWritten() throws Exception {
    try (FileBindingJournal journal = open()) {
      journal.write(new Binding.Held(identity("a"), "app-1", AT));
    }
    assertThat(Files.readString(folder.resolve("journal"))).doesNotContain("imsi");
  }
}
