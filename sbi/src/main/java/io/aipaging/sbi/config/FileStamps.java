package io.aipaging.sbi.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells whether files changed without reading what is in them: which file a name leads to, its time
 * and its length. A mounted Secret that is replaced as a whole changes, too.
 *
 * @param stamps one a file, in order
 */
public record FileStamps(List<String> stamps) {
  public FileStamps {
    stamps = List.copyOf(stamps);
  }

  /** What {@code files} are now; one that is away has a stamp of its own. */
  public static FileStamps of(List<Path> files) {
    return new FileStamps(files.stream().map(FileStamps::stamp).toList());
  }

  private static String stamp(Path file) {
    try {
      return file.toRealPath() + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "away";
    }
  }
}
