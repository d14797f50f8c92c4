package io.aipaging.sbi.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of lines, each on the disk before {@link #append} returns. Every line carries
 * a checksum; a torn last line (power cut) is dropped at the next start, a damaged line elsewhere
 * makes the journal refuse to open. One process per journal: the file {@code <name>.lock} is held
 * for as long as the journal is open. Thread-safe; blocks; interrupting a caller does not harm it.
 */
public final class Journal implements AutoCloseable {
  private final Path file;
  private final LogFile.Opener opener;
  private final JournalLock lock;
  private final List<String> recovered;
  private LogFile out;
  private int lines;
  private @Nullable String unusable;

  private Journal(Path file, LogFile.Opener opener, JournalLock lock) throws IOException {
    this.file = file;
    this.opener = opener;
    this.lock = lock;
    Files.deleteIfExists(fresh());
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    JournalLines.Found found = JournalLines.decode(file, bytes);
    recovered = found.lines();
    lines = recovered.size();
    out = opener.open(file);
    boolean ready = false;
    try {
      if (found.length() < bytes.length) {
        out.truncate(found.length());
      }
      out.sync(); // what is trusted from here on may so far be in the page cache only
      syncDirectory();
      ready = true;
    } finally {
      if (!ready) {
        out.close();
      }
    }
  }

  /**
   * Opens or creates a journal.
   *
   * @throws IllegalStateException when another process holds it or it is damaged; says what to do
   * @throws UncheckedIOException when the disk does
   */
  public static Journal open(Path file) {
    return open(file, DiskFile::open);
  }

  static Journal open(Path file, LogFile.Opener opener) {
    Path absolute = file.toAbsolutePath();
    try {
      Files.createDirectories(absolute.getParent());
      JournalLock lock = JournalLock.of(absolute);
      Journal journal = null;
      try {
        journal = new Journal(absolute, opener, lock);
        return journal;
      } finally {
        if (journal == null) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines found at opening, in order. */
  public List<String> recovered() {
    return recovered;
  }

  /** Lines in the file now: a hint when to {@link #rewrite}. */
  public synchronized int lines() {
    return lines;
  }

  /**
   * Appends lines as one write and returns when they are on the disk. After an exception none of
   * them counts, though a restart may find some.
   *
   * @throws UncheckedIOException when the disk refuses; a full disk may be tried again
   * @throws IllegalStateException when closed, or after a failure that only a restart can clear
   */
  public synchronized void append(List<String> added) {
    try {
      write(added);
      syncOrGiveUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Appends lines as one write without waiting for the disk: they survive this process once this
   * returns, and a power cut only from the next {@link #append} on.
   *
   * @throws UncheckedIOException when the disk refuses; a full disk may be tried again
   * @throws IllegalStateException when closed, or after a failure that only a restart can clear
   */
  public synchronized void note(List<String> added) {
    try {
      write(added);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(List<String> added) throws IOException {
    byte[] bytes = JournalLines.encode(added);
    requireUsable();
    long before = out.length();
    try {
      out.append(bytes);
    } catch (IOException e) {
      takeBack(before, e);
      throw e;
    }
    lines += added.size();
  }

  /** A half line must not stay in the middle. */
  private void takeBack(long length, IOException cause) {
    try {
      out.truncate(length);
      out.sync();
    } catch (IOException e) {
      cause.addSuppressed(e);
      unusable = "has a half line at its end";
    }
  }

  /** After a failed sync nobody knows what is on the disk, and a second one may lie. */
  private void syncOrGiveUp() throws IOException {
    try {
      out.sync();
    } catch (IOException e) {
      unusable = "could not be synced";
      throw e;
    }
  }

  /**
   * Replaces the content atomically; for leaving out what is no longer needed. When it fails, the
   * journal goes on with the old content, or refuses everything until a restart has found out which
   * of the two the disk kept.
   *
   * @throws UncheckedIOException when the disk refuses
   * @throws IllegalStateException when closed, or after a failure that only a restart can clear
   */
  public synchronized void rewrite(List<String> kept) {
    byte[] bytes = JournalLines.encode(kept);
    requireUsable();
    try {
      LogFile replaced = out;
      out = replacement(bytes); // it stays open over the move: no append can miss it
      lines = kept.size();
      try {
        replaced.close();
        syncDirectory();
      } catch (IOException e) {
        unusable = "was replaced, perhaps not for good";
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LogFile replacement(byte[] bytes) throws IOException {
    Files.deleteIfExists(fresh());
    LogFile next = opener.open(fresh());
    boolean moved = false;
    try {
      next.append(bytes);
      next.sync();
      Files.move(
          fresh(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      moved = true;
      return next;
    } finally {
      if (!moved) {
        next.close();
        Files.deleteIfExists(fresh());
      }
    }
  }

  private Path fresh() {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private void syncDirectory() throws IOException {
    boolean interrupted = false;
    while (true) {
      try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        directory.force(true);
        break;
      } catch (ClosedByInterruptException e) {
        interrupted = Thread.interrupted(); // lets the next attempt through
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireUsable() {
    if (unusable != null) {
      throw new IllegalStateException("journal " + file + " " + unusable + "; restart");
    }
  }

  @Override
  public synchronized void close() {
    unusable = "is closed";
    try (lock) {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
