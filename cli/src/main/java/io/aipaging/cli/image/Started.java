package io.aipaging.cli.image;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that was started from a {@link Stage}. */
final class Started implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(2);

  private final Process process;
  private final Path log;
  private final String name;

  private Started(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts.
   *
   * @param command with its arguments
   * @param log file for all it writes
   */
  static Started start(String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Started(name, process, log);
  }

  /**
   * Waits until the management port says that it is ready.
   *
   * @return nanoseconds of {@link System#nanoTime} when it did
   * @throws ImageFailed when it ends before, or does not become ready in time
   */
  long awaitReady(int managementPort, Duration timeMax) throws ImageFailed {
    long end = System.nanoTime() + timeMax.toNanos();
    while (System.nanoTime() < end) {
      if (isReady(managementPort)) {
        return System.nanoTime();
      }
      if (!process.isAlive()) {
        throw new ImageFailed(name + " ended before it was ready: " + said());
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    throw new ImageFailed(name + " was not ready within " + timeMax + ": " + said());
  }

  /**
   * Waits until it has written {@code words}.
   *
   * @throws ImageFailed when it ends before, or does not in time
   */
  void awaitWords(String words, Duration timeMax) throws IOException {
    long end = System.nanoTime() + timeMax.toNanos();
    while (!Files.readString(log).contains(words)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new ImageFailed(name + " did not say '" + words + "': " + said());
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private String said() {
    try {
      return HostProgram.lastLines(Files.readString(log));
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  private static boolean isReady(int port) {
    try {
      HttpURLConnection question =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/health/ready").toURL().openConnection();
      question.setConnectTimeout((int) ANSWER_TIME.toMillis());
      question.setReadTimeout((int) ANSWER_TIME.toMillis());
      try {
        return question.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        question.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Waits until it has ended.
   *
   * @return its status
   * @throws ImageFailed when it does not in time
   */
  int awaitEnd(Duration timeMax) throws ImageFailed {
    try {
      if (!process.waitFor(timeMax.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ImageFailed(name + " did not end within " + timeMax);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageFailed("interrupted while " + name + " ended", e);
    }
  }

  /** SIGTERM. */
  void end() {
    process.destroy();
  }

  /** Process id. */
  long pid() {
    return process.pid();
  }

  /** SIGKILL, if it still runs, and waits until it is gone. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
