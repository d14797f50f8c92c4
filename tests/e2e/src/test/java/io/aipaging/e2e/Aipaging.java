package io.aipaging.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command as its users start it: a process of its own, with the class path of this test. */
final class Aipaging implements AutoCloseable {
  private static final Duration END_TIME = Duration.ofSeconds(60);
  private static final Duration READY_TIME = Duration.ofSeconds(90);

  private final Process process;
  private final Path out;
  private final Path err;

  private Aipaging(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** What a command that ended has said. */
  record Result(int exitCode, String out, String err) {}

  /**
   * Starts a command.
   *
   * @param state folder in place of {@code .aipaging}
   */
  static Aipaging start(Path state, String... arguments) throws IOException {
    return start(state, Map.of(), arguments);
  }

  static Aipaging start(Path state, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Repository.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.aipaging.cli.AipagingMain"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(state, "command-", ".out");
    Path err = Files.createTempFile(state, "command-", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("AIPAGING_STATE", state.toString());
    builder.environment().put("AIPAGING_ROOT", Repository.root().toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Aipaging(process, out, err);
  }

  /** Runs a command to its end. */
  static Result run(Path state, String... arguments) throws Exception {
    try (Aipaging running = start(state, arguments)) {
      return running.awaitEnd(END_TIME);
    }
  }

  /** Waits until it has written {@code words} to its standard output. */
  void awaitWords(String words) throws Exception {
    Await.until(
        READY_TIME,
        "'" + words + "'",
        () -> {
          boolean ended = !process.isAlive();
          boolean said = out().contains(words);
          if (ended && !said) {
            throw new AssertionError("ended without '" + words + "': " + out() + err());
          }
          return said;
        });
  }

  Result awaitEnd(Duration timeMax) throws Exception {
    if (!process.waitFor(timeMax.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("not ended within " + timeMax + ": " + out() + err());
    }
    return new Result(process.exitValue(), out(), err());
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGINT, as Ctrl-C sends it. */
  void interrupt() throws Exception {
    int sent = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    if (sent != 0) {
      throw new IllegalStateException("kill ended with " + sent);
    }
  }

  /** SIGKILL, also to what it started, and waits until it is gone. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
