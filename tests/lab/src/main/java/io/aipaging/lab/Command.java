package io.aipaging.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs one tool to its end, never longer than its bound. */
@FunctionalInterface
interface Command {
  /** How long {@code ip}, {@code nft} or {@code sysctl} may take on a loaded machine. */
  Duration TIME_MAX = Duration.ofSeconds(20);

  /**
   * Runs {@code arguments} with {@code input} on standard input.
   *
   * @return standard output and error together
   * @throws IOException when the tool cannot start, fails or takes longer than {@link #TIME_MAX}
   */
  String run(List<String> arguments, String input) throws IOException;

  /** The real thing. */
  static Command ofSystem() {
    return Command::runProcess;
  }

  private static String runProcess(List<String> arguments, String input) throws IOException {
    Process process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(() -> outputOf(process), Thread.ofVirtual()::start);
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closedEarly) {
      // The exit status below says why the tool did not read its input.
    }
    boolean ended = false;
    try {
      ended = process.waitFor(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + String.join(" ", arguments), e);
    } finally {
      if (!ended) {
        process.destroyForcibly();
      }
    }
    String said = ended ? output.join().strip() : "no end within " + TIME_MAX;
    if (!ended || process.exitValue() != 0) {
      throw new IOException(String.join(" ", arguments) + ": " + said);
    }
    return said;
  }

  private static String outputOf(Process process) {
    try (var stdout = process.getInputStream()) {
      return new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
