package io.aipaging.cli.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the building host. */
final class HostProgram {
  private static final Duration TIME_MAX = Duration.ofMinutes(2);
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

  private HostProgram() {}

  /** Where a program is; the link that leads there is followed. */
  static Optional<Path> find(String name) throws IOException {
    Optional<Path> found =
        FOLDERS.stream().map(f -> Path.of(f, name)).filter(Files::isExecutable).findFirst();
    return found.isEmpty() ? found : Optional.of(found.get().toRealPath());
  }

  /**
   * Runs a program to its end.
   *
   * @return its output and errors
   * @throws ImageFailed when it fails or does not end within two minutes
   */
  static String run(List<String> command) throws IOException {
    Path out = Files.createTempFile("aipaging-image-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      if (!process.waitFor(TIME_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new ImageFailed(command.getFirst() + " did not end within " + TIME_MAX);
      }
      String said = Files.readString(out, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new ImageFailed(command.getFirst() + " failed: " + lastLines(said));
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageFailed("interrupted while " + command.getFirst() + " ran", e);
    } finally {
      Files.delete(out);
    }
  }

  /** The end of what a program has said. */
  static String lastLines(String said) {
    List<String> lines = said.lines().toList();
    try (Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - 12))) {
      return String.join("\n", last.toList());
    }
  }
}
