package io.aipaging.sbi.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file on disk. Not a {@code FileChannel}, because that closes itself when its caller is
 * interrupted, and one cancelled request would then stop the journal for all.
 */
final class DiskFile implements LogFile {
  private final RandomAccessFile file;

  private DiskFile(RandomAccessFile file) {
    this.file = file;
  }

  static DiskFile open(Path file) throws IOException {
    return new DiskFile(new RandomAccessFile(file.toFile(), "rw"));
  }

  @Override
  public long length() throws IOException {
    return file.length();
  }

  @Override
  public void append(byte[] bytes) throws IOException {
    file.seek(file.length());
    file.write(bytes);
  }

  @Override
  public void truncate(long length) throws IOException {
    file.setLength(length);
  }

  @Override
  public void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
