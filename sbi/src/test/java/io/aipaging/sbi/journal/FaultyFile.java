package io.aipaging.sbi.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk that fails as told. */
final class FaultyFile implements LogFile {
  /** What fails, shared by all files of a disk. */
  static final class Faults {
    int bytesLeft = Integer.MAX_VALUE;
    boolean truncate;
    boolean sync;
  }

  private final LogFile file;
  private final Faults faults;

  private FaultyFile(LogFile file, Faults faults) {
    this.file = file;
    this.faults = faults;
  }

  static Opener disk(Faults faults) {
    return (Path path) -> new FaultyFile(DiskFile.open(path), faults);
  }

  @Override
  public long length() throws IOException {
    return file.length();
  }

  @Override
  public void append(byte[] bytes) throws IOException {
    if (bytes.length > faults.bytesLeft) {
      file.append(Arrays.copyOf(bytes, faults.bytesLeft));
      throw new IOException("no space left");
    }
    file.append(bytes);
  }

  @Override
  public void truncate(long length) throws IOException {
    if (faults.truncate) {
      throw new IOException("cannot truncate");
    }
    file.truncate(length);
  }

  @Override
  public void sync() throws IOException {
    if (faults.sync) {
      throw new IOException("cannot sync");
    }
    file.sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
