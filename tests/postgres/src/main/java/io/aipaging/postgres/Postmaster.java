package io.aipaging.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One run of a server. Its parent is a shell that reads from this process: when this process is
 * gone, however it ended, the shell reads no more and stops the server.
 */
final class Postmaster {
  private static final Duration START_TIME = Duration.ofSeconds(60);
  private static final Duration END_TIME = Duration.ofSeconds(20);
  private static final Duration GONE_TIME = Duration.ofSeconds(2);
  private static final long POLL_NANOS = 5_000_000;
  private static final int STATUS_LINE = 7;
  private static final String GUARD =
      "\"$1\" -D \"$2\" >>\"$3\" 2>&1 & server=$!; echo $server; cat >/dev/null;"
          + " kill -QUIT $server 2>/dev/null; wait $server";

  private final Process shell;
  private final long pid;
  private final Path data;

  private Postmaster(Process shell, long pid, Path data) {
    this.shell = shell;
    this.pid = pid;
    this.data = data;
  }

  /** Starts a server on {@code data} and waits until it answers. */
  static Postmaster start(Tools tools, Path data, Path log) {
    try {
      List<String> command =
          tools.asUser(
              "/bin/sh",
              "-c",
              GUARD,
              "sh",
              tools.bin().resolve("postgres").toString(),
              data.toString(),
              log.toString());
      Process shell = new ProcessBuilder(command).directory(Path.of("/").toFile()).start();
      String pid =
          new java.io.BufferedReader(
                  new java.io.InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      Postmaster started = new Postmaster(shell, Long.parseLong(String.valueOf(pid)), data);
      started.awaitReady(log);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server says in its lock file how far it is, which costs less than asking it. */
  private void awaitReady(Path log) throws IOException {
    long end = System.nanoTime() + START_TIME.toNanos();
    while (!ready()) {
      if (!running() || System.nanoTime() > end) {
        kill();
        throw new IllegalStateException("PostgreSQL does not start: " + lastLines(log));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** The lock of a killed server lies there until the next one removes it and writes its own. */
  private boolean ready() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (NoSuchFileException notYet) {
      return false;
    }
    return lines.size() > STATUS_LINE
        && lines.getFirst().equals(Long.toString(pid))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  boolean running() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** SIGKILL for the server and everything it started, as if its machine lost power. */
  void kill() {
    List<ProcessHandle> all = all();
    all.forEach(ProcessHandle::destroyForcibly);
    awaitShell();
    long end = System.nanoTime() + GONE_TIME.toNanos();
    while (all.stream().anyMatch(Postmaster::holdsAnything) && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Ends it without waiting for its clients. */
  void stop() {
    signal("INT", List.of(pid));
    awaitShell();
  }

  /** SIGSTOP: it keeps its connections and answers nothing. */
  void freeze() {
    signal("STOP", all().stream().map(ProcessHandle::pid).toList());
  }

  /** Goes on after {@link #freeze}. */
  void thaw() {
    signal("CONT", all().stream().map(ProcessHandle::pid).toList());
  }

  private List<ProcessHandle> all() {
    return ProcessHandle.of(pid).stream()
        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
        .toList();
  }

  private static void signal(String signal, List<Long> pids) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -" + signal + " \"$@\""));
    command.add("sh");
    pids.forEach(each -> command.add(Long.toString(each)));
    Tools.run(command, Map.of());
  }

  /** A dead process that nobody has asked about yet still has a number, but nothing else. */
  private static boolean holdsAnything(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException gone) {
      return false;
    }
  }

  private void awaitShell() {
    try {
      shell.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // It has nothing to read from us any more, which is what this is for.
    }
    try {
      if (!shell.waitFor(END_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        all().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      all().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }
}
