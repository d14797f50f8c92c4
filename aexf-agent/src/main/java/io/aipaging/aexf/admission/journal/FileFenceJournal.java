package io.aipaging.aexf.admission.journal;

import io.aipaging.aexf.admission.FenceJournal;
import io.aipaging.sbi.journal.Journal;
import java.nio.file.Path;
import java.util.List;

/** Fences in a synced, checksummed, locked file. */
public final class FileFenceJournal implements FenceJournal, AutoCloseable {
  private final Journal journal;

  /** Opens or creates the file; fails when another process has it. */
  public FileFenceJournal(Path file) {
    journal = Journal.open(file);
  }

  @Override
  public List<String> recovered() {
    return journal.recovered();
  }

  @Override
  public int lines() {
    return journal.lines();
  }

  @Override
  public void append(String line) {
    journal.append(List.of(line));
  }

  @Override
  public void rewrite(List<String> lines) {
    journal.rewrite(lines);
  }

  @Override
  public void close() {
    journal.close();
  }
}
