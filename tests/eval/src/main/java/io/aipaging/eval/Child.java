package io.aipaging.eval;

import io.aipaging.lab.Lab;
import io.aipaging.lab.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of an experiment, in a namespace of the lab, that obeys one line at a time. */
public final class Child implements AutoCloseable {
  /** What the lines begin with that are answers; others are logs. */
  static final String ANSWER = "answer: ";

  static final String DONE = "done";

  private final Process process;
  private final BufferedReader said;
  private final Writer told;

  private Child(Process process) {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.told = process.outputWriter(StandardCharsets.UTF_8);
  }

  static Child start(Lab lab, Namespace namespace, Class<?> main, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Child child =
        new Child(
            lab.start(
                namespace
                    .command(command.toArray(new String[0]))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)));
    child.expectDone();
    return child;
  }

  /**
   * Tells it something and waits until it is done.
   *
   * @throws IOException with its words when it refuses, or when it is gone
   */
  public void tell(String line) throws IOException {
    told.write(line);
    told.write('\n');
    told.flush();
    expectDone();
  }

  private void expectDone() throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(ANSWER)) {
        String answer = line.substring(ANSWER.length());
        if (!answer.equals(DONE)) {
          throw new IOException(answer);
        }
        return;
      }
    }
    throw new IOException("the process is gone");
  }

  /** Stops it without its knowledge (SIGSTOP). */
  public void suspend() throws IOException {
    try {
      int code =
          new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IOException("kill -STOP failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Kills it (SIGKILL). */
  public void kill() {
    close();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
