package io.aipaging.cli.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One network function in a process of its own: {@code aipaging run <nf> --config <file>}. It says
 * {@code ready} on its standard output when it serves; everything it writes goes to a log file.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration STOP_TIME = Duration.ofSeconds(5);
  private static final String READY = "ready";

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a network function.
   *
   * @param prefix command prefix that enters a network namespace; empty for this one
   * @param function name as {@code aipaging run} knows it
   * @param config its configuration file; the log is written beside it
   * @param environment added to this process's environment
   */
  public static ChildProcess start(
      List<String> prefix, String function, Path config, Map<String, String> environment) {
    String name = config.getFileName().toString().replaceFirst("\\.yaml$", "");
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx384m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.aipaging.cli.AipagingMain",
            "run",
            function,
            "--config",
            config.toString()));
    Path log = config.resolveSibling(name + ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      ChildProcess child = new ChildProcess(name, process, log);
      Thread.ofVirtual().name("log of " + name).start(child::copyOutput);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        var out = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(line);
        out.newLine();
        out.flush();
        if (line.equals(READY)) {
          ready.complete(null);
        }
      }
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
    ready.completeExceptionally(new IllegalStateException(name + " ended before it was ready"));
  }

  /**
   * Waits until it serves; throws {@link IllegalStateException} naming its log when it does not.
   */
  public void awaitReady(Duration timeMax) {
    try {
      ready.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(name + " did not become ready; see " + log, e);
    }
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    await(STOP_TIME);
  }

  /** SIGTERM, then SIGKILL. */
  @Override
  public void close() {
    process.destroy();
    if (!await(STOP_TIME)) {
      kill();
    }
  }

  private boolean await(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Name, as its configuration file's. */
  public String name() {
    return name;
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }
}
