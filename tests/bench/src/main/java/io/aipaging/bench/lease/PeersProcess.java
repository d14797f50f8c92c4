package io.aipaging.bench.lease;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link PeersMain} in a process of its own, so that its CPU is not counted. */
final class PeersProcess implements AutoCloseable {
  private static final String READY = "ready ";
  private static final int STOP_SECONDS = 5;
  private final Process process;
  private final URI uri;

  private PeersProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  static PeersProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PeersMain.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.US_ASCII);
    String line = said.readLine();
    while (line != null && !line.startsWith(READY)) {
      line = said.readLine(); // whatever a log says before
    }
    if (line == null) {
      process.destroyForcibly();
      throw new IllegalStateException("the peers' process did not start");
    }
    return new PeersProcess(
        process, URI.create("http://127.0.0.1:" + line.substring(READY.length())));
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
