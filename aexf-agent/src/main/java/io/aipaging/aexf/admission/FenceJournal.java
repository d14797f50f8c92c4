package io.aipaging.aexf.admission;

import java.util.List;

/** Where fences, and a drain, survive a restart. One process at a time; blocks. */
public interface FenceJournal {
  /** Lines found at the start, in order. */
  List<String> recovered();

  /** Lines in it now. */
  int lines();

  /** Adds a line and returns when it is on the disk. */
  void append(String line);

  /** Replaces the content atomically. */
  void rewrite(List<String> lines);
}
