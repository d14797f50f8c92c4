package io.aipaging.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of one child process, set as a test wants it: libfaketime answers in the kernel's
 * place. Steady clocks go on as they do.
 */
final class Faketime {
  private static final String LIBRARY = "libfaketimeMT.so.1";

  /** How often a process looks at what its clock should say. */
  static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

  private final Path library;
  private final Path offset;

  private Faketime(Path library, Path offset) {
    this.library = library;
    this.offset = offset;
  }

  /** A clock that is right, its file in {@code folder}; skips the test where there is none. */
  static Faketime in(Path folder) throws IOException {
    Optional<Path> library = library();
    Needed.orSkip(library.isPresent(), "there is no " + LIBRARY + " (package faketime)");
    Faketime clock =
        new Faketime(library.orElseThrow(), folder.resolve("faketime-" + System.nanoTime()));
    clock.set(Duration.ZERO);
    return clock;
  }

  private static Optional<Path> library() throws IOException {
    String asked = System.getProperty("faketime");
    if (asked != null) {
      return Optional.of(Path.of(asked)).filter(Files::isReadable);
    }
    for (String root : List.of("/usr/lib", "/usr/lib64", "/usr/local/lib")) {
      if (Files.isDirectory(Path.of(root))) {
        try (Stream<Path> folders = Files.list(Path.of(root))) {
          Optional<Path> found =
              Stream.concat(Stream.of(Path.of(root)), folders)
                  .map(folder -> folder.resolve("faketime").resolve(LIBRARY))
                  .filter(Files::isReadable)
                  .findFirst();
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What a process needs in its environment to have this clock. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        // It counts whole seconds and looks when more than this many have passed.
        "FAKETIME_CACHE_DURATION", Long.toString(LOOKS_EVERY.toSeconds() - 1),
        "FAKETIME_DONT_FAKE_MONOTONIC", "1");
  }

  /** Within {@link #LOOKS_EVERY} the clock is so much ahead of the true one. */
  void set(Duration ahead) throws IOException {
    Path next = offset.resolveSibling(offset.getFileName() + ".next");
    Files.writeString(next, "%+d\n".formatted(ahead.toSeconds()));
    Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
