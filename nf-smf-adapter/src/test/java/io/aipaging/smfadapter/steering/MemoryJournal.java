package io.aipaging.smfadapter.steering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Lines in memory; what was appended is there for the next holder. */
final class MemoryJournal implements GateJournal {
  private final List<String> lines = new ArrayList<>();
  private boolean failing;
  private boolean deadly;

  void failing(boolean fails) {
    failing = fails;
  }

  /** The process dies when it appends next. */
  void killNext() {
    deadly = true;
  }

  @Override
  public List<String> recovered() {
    return List.copyOf(lines);
  }

  @Override
  public void append(List<String> added) {
    if (deadly) {
      deadly = false;
      throw new AssertionError("killed");
    }
    note(added);
  }

  @Override
  public void note(List<String> added) {
    if (failing) {
      throw new UncheckedIOException(new IOException("disk full"));
    }
    lines.addAll(added);
  }

  @Override
  public void rewrite(List<String> kept) {
    lines.clear();
    lines.addAll(kept);
  }

  @Override
  public int lines() {
    return lines.size();
  }

  @Override
  public void close() {}
}
