package io.aipaging.aipf.keyfile;

import io.aipaging.aipf.keys.ListedKeys;
import io.aipaging.sbi.config.FileStamps;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows key files while the function runs. Files that are of no use change nothing. */
public final class KeyFileWatch {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFileWatch.class);
  private final List<Path> files;
  private final ListedKeys first;
  private FileStamps stamps;

  private KeyFileWatch(List<Path> files, FileStamps stamps, ListedKeys first) {
    this.files = files;
    this.stamps = stamps;
    this.first = first;
  }

  /**
   * Reads {@code files} for the first time.
   *
   * @throws RuntimeException as {@link KeyFiles#listed} does
   */
  public static KeyFileWatch of(List<Path> files) {
    FileStamps stamps = FileStamps.of(files); // before the reading, lest a change be missed
    return new KeyFileWatch(List.copyOf(files), stamps, KeyFiles.listed(files));
  }

  /** What they said at first. */
  public ListedKeys first() {
    return first;
  }

  /**
   * Looks for a change; by one thread. What {@code take} refuses by throwing is handed to it again
   * the next time.
   */
  public void look(Consumer<ListedKeys> take) {
    FileStamps now = FileStamps.of(files);
    if (now.equals(stamps)) {
      return;
    }
    ListedKeys listed;
    try {
      listed = KeyFiles.listed(files);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      LOG.atWarn()
          .addKeyValue("files", files)
          .addKeyValue("what", e.getMessage())
          .log("changed key files are of no use yet");
      return;
    }
    take.accept(listed);
    stamps = now;
  }
}
