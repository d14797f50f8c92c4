package io.aipaging.smfadapter.steering;

import java.util.List;

/**
 * The small file a gate remembers its fences in. Whoever holds it is the only process of the gate.
 * Failures are {@link java.io.UncheckedIOException}.
 */
public interface GateJournal extends AutoCloseable {
  /** The lines found at opening, in order. */
  List<String> recovered();

  /** Appends lines; they survive a power cut once this returns. */
  void append(List<String> lines);

  /** Appends lines; they survive this process once this returns, but perhaps not a power cut. */
  void note(List<String> lines);

  /** Replaces all lines, atomically. */
  void rewrite(List<String> lines);

  /** Number of lines now. */
  int lines();

  @Override
  void close();
}
