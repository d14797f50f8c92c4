package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.steering.SteeringFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code nft} and {@code ip} in the gate's network namespace, never longer than a bound.
 *
 * @param prefix what precedes the command
 */
record HostCommand(List<String> prefix) {
  private static final Duration TIME_MAX = Duration.ofSeconds(5);

  /** What a command said; a status other than 0 is its refusal. */
  record Answer(int status, String output, String error) {}

  /** Runs a command that must succeed. */
  String require(String input, String... command) throws SteeringFailed {
    Answer answer = run(input, command);
    if (answer.status() != 0) {
      throw new SteeringFailed(String.join(" ", command) + ": " + answer.error().strip());
    }
    return answer.output();
  }

  /**
   * Runs a command.
   *
   * @throws SteeringFailed when it cannot start or does not end in time
   */
  Answer run(String input, String... command) throws SteeringFailed {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    Process process;
    try {
      process = new ProcessBuilder(all).start();
    } catch (IOException e) {
      throw new SteeringFailed("cannot start " + command[0], e);
    }
    CompletableFuture<String> output = textOf(process.getInputStream());
    CompletableFuture<String> error = textOf(process.getErrorStream());
    boolean ended = false;
    try {
      send(process, input);
      ended = process.waitFor(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!ended) {
        // Once it is dead its transaction is either in force or will never be.
        process.destroyForcibly().onExit().join();
      }
    }
    if (!ended) {
      throw SteeringFailed.uncertain(command[0] + " did not end within " + TIME_MAX);
    }
    return new Answer(process.exitValue(), output.join(), error.join());
  }

  private static void send(Process process, String input) {
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closedEarly) {
      // The exit status says why the command did not read its input.
    }
  }

  private static CompletableFuture<String> textOf(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Thread.ofVirtual()::start);
  }
}
