package io.aipaging.sbi.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** What a journal needs of a file; tests make it fail. */
interface LogFile extends Closeable {
  /** Opens or creates a file. */
  @FunctionalInterface
  interface Opener {
    LogFile open(Path file) throws IOException;
  }

  /** Bytes in the file. */
  long length() throws IOException;

  /** Writes at the end. */
  void append(byte[] bytes) throws IOException;

  /** Cuts off what is beyond {@code length}. */
  void truncate(long length) throws IOException;

  /** Returns when everything written is on the disk. */
  void sync() throws IOException;
}
