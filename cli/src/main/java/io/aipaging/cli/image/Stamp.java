package io.aipaging.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The one time all files of an image have: digests do not depend on when it was built, and a cache
 * of classes finds their jars as old as they were when it was made.
 */
final class Stamp {
  /** A second after the epoch, as image builders have it. */
  static final Instant TIME = Instant.ofEpochSecond(1);

  private Stamp() {}

  /** Stamps a file. */
  static Path file(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(TIME));
    return file;
  }

  /** Stamps all files in a folder. */
  static void all(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        file(file);
      }
    }
  }
}
