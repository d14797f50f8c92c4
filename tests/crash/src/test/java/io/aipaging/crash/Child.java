package io.aipaging.crash;

import io.aipaging.cli.process.ChildProcess;
import io.aipaging.sbi.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network function in a process that can be killed, stopped and started again. */
final class Child implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofSeconds(90);
  private final Path folder;
  private final String function;
  private final String name;
  private final String config;
  private final Map<String, String> environment;
  private int runs;
  private @Nullable ChildProcess running;

  /**
   * One that does not run yet.
   *
   * @param folder where its configuration and one log per run are written
   * @param function name as {@code aipaging run} knows it
   * @param name names its files
   * @param config its configuration
   * @param environment added to this process's environment
   */
  Child(Path folder, String function, String name, Record config, Map<String, String> environment) {
    this.folder = folder;
    this.function = function;
    this.name = name;
    this.config = Configuration.text(config);
    this.environment = environment;
  }

  /** Begins to start. */
  void begin() throws Exception {
    Path file = folder.resolve(name + "-" + runs++ + ".yaml");
    Files.writeString(file, config);
    running = ChildProcess.start(List.of(), function, file, environment);
  }

  /** Starts, and waits until it serves. */
  void start() throws Exception {
    begin();
    awaitReady();
  }

  void awaitReady() {
    running().awaitReady(START_TIME);
  }

  /** SIGKILL. */
  void kill() {
    running().kill();
    running = null;
  }

  /** SIGSTOP. */
  void freeze() throws Exception {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() throws Exception {
    signal("CONT");
  }

  private void signal(String signal) throws Exception {
    int sent =
        new ProcessBuilder("kill", "-" + signal, Long.toString(running().pid())).start().waitFor();
    if (sent != 0) {
      throw new IllegalStateException("kill ended with " + sent);
    }
  }

  boolean runs() {
    return running != null;
  }

  private ChildProcess running() {
    ChildProcess process = running;
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return process;
  }

  /** SIGKILL, if it runs: also what is stopped ends. */
  @Override
  public void close() {
    if (running != null) {
      kill();
    }
  }
}
