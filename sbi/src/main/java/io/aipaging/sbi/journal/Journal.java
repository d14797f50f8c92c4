package io.aipaging.sbi.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An append-only file of lines, each on the disk before {@link #append} returns. Every line carries
 * a checksum; a torn last line (power cut) is dropped at the next start, a damaged line elsewhere
 * makes the journal refuse to open. One process per journal: the file {@code <name>.lock} is held
 * for as long as the journal is open. Thread-safe; blocks.
 */
public final class Journal implements AutoCloseable {
  private static final int LINE_CHARACTERS_MAX = 65_536;
  private static final int CHECKSUM_CHARACTERS = 8;

  private final Path file;
  private final FileChannel lockChannel;
  private final List<String> recovered;
  private FileChannel channel;
  private int lines;

  private Journal(Path file, FileChannel lockChannel, List<String> recovered) throws IOException {
    this.file = file;
    this.lockChannel = lockChannel;
    this.recovered = List.copyOf(recovered);
    this.lines = recovered.size();
    this.channel = openForAppend(file);
  }

  /**
   * Opens or creates a journal.
   *
   * @throws IllegalStateException when another process holds it or it is damaged; says what to do
   */
  public static Journal open(Path file) {
    FileChannel lockChannel = null;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      lockChannel = lock(file);
      List<String> lines = recover(file);
      return new Journal(file, lockChannel, lines);
    } catch (IOException e) {
      closeQuietly(lockChannel);
      throw new UncheckedIOException(e);
    } catch (IllegalStateException e) {
      closeQuietly(lockChannel);
      throw e;
    }
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel lockChannel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = lockChannel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      lockChannel.close();
      throw new IllegalStateException(
          "journal " + file + " is held by another process; stop that one first");
    }
    return lockChannel;
  }

  private static List<String> recover(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    List<String> lines = new ArrayList<>();
    for (String line : text.substring(0, end).lines().toList()) {
      lines.add(unwrap(file, line, lines.size() + 1));
    }
    if (end < text.length()) {
      truncate(file, text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
    }
    return lines;
  }

  private static void truncate(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      channel.force(true);
    }
  }

  private static String unwrap(Path file, String line, int number) {
    if (line.length() > CHECKSUM_CHARACTERS + 1
        && line.charAt(CHECKSUM_CHARACTERS) == ' '
        && line.startsWith(checksum(line.substring(CHECKSUM_CHARACTERS + 1)))) {
      return line.substring(CHECKSUM_CHARACTERS + 1);
    }
    throw new IllegalStateException(
        "journal " + file + " is damaged at line " + number + "; restore or move it away");
  }

  private static String checksum(String line) {
    CRC32C crc = new CRC32C();
    crc.update(line.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  private static FileChannel openForAppend(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /** The lines found at opening, in order. */
  public List<String> recovered() {
    return recovered;
  }

  /** Lines in the file now: a hint when to {@link #rewrite}. */
  public synchronized int lines() {
    return lines;
  }

  /** Appends lines as one write and returns when they are on the disk. */
  public synchronized void append(List<String> added) {
    try {
      write(channel, added);
      lines += added.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the content atomically; for leaving out what is no longer needed. */
  public synchronized void rewrite(List<String> kept) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (FileChannel out = openForAppend(fresh)) {
        write(out, kept);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory();
      channel.close();
      channel = openForAppend(file);
      lines = kept.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void syncDirectory() throws IOException {
    try (FileChannel directory =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static void write(FileChannel out, List<String> added) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : added) {
      if (line.isEmpty() || line.length() > LINE_CHARACTERS_MAX || line.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("a journal line has 1 to 65536 characters, no newline");
      }
      text.append(checksum(line)).append(' ').append(line).append('\n');
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    out.force(false);
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
