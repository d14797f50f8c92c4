package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Shard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A replica in a process of its own, to be killed and suspended. */
final class ReplicaProcess implements AutoCloseable {
  private final Process process;
  private final AtomicInteger owned = new AtomicInteger(-1);

  private ReplicaProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  static ReplicaProcess start(String uri, String runner) {
    try {
      return new ReplicaProcess(
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/java",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ReplicaProcess.class.getName(),
                  uri,
                  runner)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith("owned ")) {
          owned.set(Integer.parseInt(line.substring(6)));
        }
        line = lines.readLine();
      }
    } catch (IOException gone) {
      // killed
    }
  }

  /** How many shards it said it owns, last; -1 before it said anything. */
  int owned() {
    return owned.get();
  }

  void signal(String name) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Says whenever it owns another number of shards, and ends with its standard input. */
  public static void main(String[] args) throws IOException {
    try (Storages storages = new Storages()) {
      PostgresStorage storage = storages.open(args[0], args[1]);
      Thread.ofVirtual().start(() -> say(storage));
      int end = System.in.read();
      while (end >= 0) {
        end = System.in.read();
      }
    }
  }

  private static void say(PostgresStorage storage) {
    int said = -1;
    while (true) {
      Set<Shard> owned = storage.replicas().owned();
      if (owned.size() != said) {
        said = owned.size();
        System.out.println("owned " + said);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
