package io.aipaging.sbi.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds {@code <journal>.lock}: one journal, one process, one user in it. */
final class JournalLock implements AutoCloseable {
  /**
   * Lock files this process holds. POSIX locks belong to the process and fall when <em>any</em> of
   * its descriptors of the file is closed, so a second attempt must not even open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path lockFile;
  private final FileChannel channel;

  private JournalLock(Path lockFile, FileChannel channel) {
    this.lockFile = lockFile;
    this.channel = channel;
  }

  static JournalLock of(Path journal) throws IOException {
    Path lockFile = existing(journal.resolveSibling(journal.getFileName() + ".lock"));
    if (!HELD.add(lockFile)) {
      throw held(journal);
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
      if (!locked) {
        throw held(journal);
      }
      return new JournalLock(lockFile, channel);
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(lockFile);
      }
    }
  }

  private static Path existing(Path lockFile) throws IOException {
    try {
      return Files.createFile(lockFile).toRealPath();
    } catch (FileAlreadyExistsException e) {
      return lockFile.toRealPath(); // usual: lock files stay
    }
  }

  private static IllegalStateException held(Path journal) {
    return new IllegalStateException(
        "journal " + journal + " is held by another process; stop that one first");
  }

  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return; // the path may be another's by now
    }
    try {
      channel.close();
    } finally {
      HELD.remove(lockFile);
    }
  }
}
