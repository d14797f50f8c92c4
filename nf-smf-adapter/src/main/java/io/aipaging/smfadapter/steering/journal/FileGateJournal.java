package io.aipaging.smfadapter.steering.journal;

import io.aipaging.sbi.journal.Journal;
import io.aipaging.smfadapter.steering.GateJournal;
import java.nio.file.Path;
import java.util.List;

/** A synced, locked file of lines. */
public final class FileGateJournal implements GateJournal {
  private final Journal journal;

  private FileGateJournal(Journal journal) {
    this.journal = journal;
  }

  /**
   * Opens or creates the journal of a gate.
   *
   * @throws IllegalStateException when another process serves this gate, or the file is damaged
   */
  public static FileGateJournal open(Path file) {
    return new FileGateJournal(Journal.open(file));
  }

  @Override
  public List<String> recovered() {
    return journal.recovered();
  }

  @Override
  public void append(List<String> lines) {
    journal.append(lines);
  }

  @Override
  public void note(List<String> lines) {
    journal.note(lines);
  }

  @Override
  public void rewrite(List<String> lines) {
    journal.rewrite(lines);
  }

  @Override
  public int lines() {
    return journal.lines();
  }

  @Override
  public void close() {
    journal.close();
  }
}
