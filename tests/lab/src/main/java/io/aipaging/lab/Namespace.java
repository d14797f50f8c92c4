package io.aipaging.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One network namespace of a lab.
 *
 * @param name as {@code ip netns list} shows it
 */
public record Namespace(String name) {

  /** What precedes a command line so that it runs inside this namespace. */
  public List<String> commandPrefix() {
    return List.of("ip", "netns", "exec", name);
  }

  /**
   * A process that will run inside this namespace. Its process id is that of {@code command}
   * itself. Start it with {@link Lab#start} so that it ends with the lab.
   */
  public ProcessBuilder command(String... command) {
    List<String> all = new ArrayList<>(commandPrefix());
    all.addAll(List.of(command));
    return new ProcessBuilder(all);
  }

  /**
   * Runs {@code code} on a fresh platform thread that has entered this namespace. Sockets it opens
   * stay in the namespace and may be used from any thread afterwards; it must not leave threads of
   * its own behind.
   *
   * @throws IOException when the namespace cannot be entered, or thrown by {@code code}
   * @throws IllegalStateException when {@code code} throws any other checked exception
   */
  public <T> T call(Callable<T> code) throws IOException {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              Libc.enterNetworkNamespace("/run/netns/" + name);
              return code.call();
            });
    Thread thread = Thread.ofPlatform().daemon().name("in " + name).start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while calling into " + name, e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private IOException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException mistake -> throw mistake;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException("call into " + name + " failed", e);
    };
  }
}
