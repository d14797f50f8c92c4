package io.aipaging.pcfadapter.qosbinding.file;

import io.aipaging.pcfadapter.qosbinding.Binding;
import io.aipaging.pcfadapter.qosbinding.BindingJournal;
import io.aipaging.sbi.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Journal in a file, synced in groups: while one group is on its way to the disk the next gathers,
 * so many bindings share one sync. Lines nobody waits for follow in the same order. After a failed
 * write nothing is written any more, because what the disk holds is then unknown.
 */
public final class FileBindingJournal implements BindingJournal {
  private static final int LINES_BEFORE_REWRITE = 10_000;

  private final Journal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, String> newest = new LinkedHashMap<>();
  private final Thread writer;
  private List<String> waiting = new ArrayList<>();
  private long accepted;
  private long written;
  private boolean closed;
  private @Nullable RuntimeException failure;

  private FileBindingJournal(Journal journal) {
    this.journal = journal;
    for (String text : journal.recovered()) {
      keep(JournalLine.parse(text), text);
    }
    this.writer = Thread.ofVirtual().name("binding-journal").unstarted(this::writeGroups);
  }

  /**
   * Opens or creates the journal.
   *
   * @throws IllegalStateException when another process holds it or it is damaged
   */
  public static FileBindingJournal open(Path file) {
    FileBindingJournal opened = new FileBindingJournal(Journal.open(file));
    opened.writer.start();
    return opened;
  }

  @Override
  public List<Binding> replay() {
    lock.lock();
    try {
      return newest.values().stream()
          .map(text -> JournalLine.parse(text).binding())
          .filter(Objects::nonNull)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(Binding state) {
    long place = accept(JournalLine.of(state));
    if (state instanceof Binding.Held || state instanceof Binding.Confirmed) {
      awaitWritten(place);
    }
  }

  @Override
  public void forget(String bindingRef) {
    accept(JournalLine.forgotten(bindingRef));
  }

  private long accept(JournalLine line) {
    String text = line.text();
    lock.lock();
    try {
      requireUsable();
      keep(line, text);
      waiting.add(text);
      accepted++;
      changed.signalAll();
      return accepted;
    } finally {
      lock.unlock();
    }
  }

  private void keep(JournalLine line, String text) {
    if (line.binding() == null) {
      newest.remove(line.bindingRef());
    } else {
      newest.put(line.bindingRef(), text);
    }
  }

  private void awaitWritten(long place) {
    lock.lock();
    try {
      while (written < place) {
        requireUsable();
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireUsable() {
    RuntimeException cause = failure;
    if (cause != null) {
      throw new UncheckedIOException(
          new IOException("the binding journal cannot be written", cause));
    }
    if (closed) {
      throw new UncheckedIOException(new IOException("the binding journal is closed"));
    }
  }

  private void writeGroups() {
    List<String> group = nextGroup();
    while (!group.isEmpty()) {
      RuntimeException failed = tryWrite(group);
      settle(group.size(), failed);
      group = failed == null ? nextGroup() : List.of();
    }
  }

  /** Waits for lines; an empty group means the journal is closed. */
  private List<String> nextGroup() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<String> group = waiting;
      waiting = new ArrayList<>();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable RuntimeException tryWrite(List<String> group) {
    try {
      journal.append(group);
      List<String> kept = rewriteDue();
      if (kept != null) {
        journal.rewrite(kept);
      }
      return null;
    } catch (UncheckedIOException | IllegalArgumentException e) {
      return e;
    }
  }

  /**
   * What a shorter journal holds; lines still waiting are appended to it again, which is harmless.
   */
  private @Nullable List<String> rewriteDue() {
    lock.lock();
    try {
      boolean due = journal.lines() > LINES_BEFORE_REWRITE + 4 * newest.size();
      return due ? List.copyOf(newest.values()) : null;
    } finally {
      lock.unlock();
    }
  }

  private void settle(int lines, @Nullable RuntimeException failed) {
    lock.lock();
    try {
      written += failed == null ? lines : 0;
      failure = failed;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits, then closes the file. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
  }
}
