package io.aipaging.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mobile network's user plane in network namespaces: a UE with two addresses, the N6 router
 * behind the UPF, anchors A and B, the cloud that the default route leads to, and the control
 * plane's own network.
 *
 * <p>Any number of labs may run side by side. Whatever a lab made is removed by {@link #close}, by
 * a failed step of its own construction and when the process is told to stop; what a killed process
 * left behind is removed when the next lab opens.
 */
public final class Lab implements AutoCloseable {
  private static final int LABS_PER_PROCESS_MAX = 64;
  private static final List<String> TOOLS = List.of("ip", "nft", "sysctl");

  private final LabReaper reaper;
  private final Namespaces namespaces;
  private final ConcurrentLinkedDeque<Process> processes = new ConcurrentLinkedDeque<>();
  private final ReentrantLock building = new ReentrantLock();
  private volatile boolean closed;
  private @Nullable Thread onShutdown;

  private Lab(LabReaper reaper, Namespaces namespaces) {
    this.reaper = reaper;
    this.namespaces = namespaces;
  }

  /** The namespaces of one lab. */
  record Namespaces(
      Namespace ue, Namespace upf, Namespace a, Namespace b, Namespace cloud, Namespace core) {
    static Namespaces of(LabOwner owner, long lab) {
      return new Namespaces(
          new Namespace(owner.namespace(lab, "ue")),
          new Namespace(owner.namespace(lab, "upf")),
          new Namespace(owner.namespace(lab, "a")),
          new Namespace(owner.namespace(lab, "b")),
          new Namespace(owner.namespace(lab, "cloud")),
          new Namespace(owner.namespace(lab, "core")));
    }

    List<Namespace> all() {
      return List.of(ue, upf, a, b, cloud, core);
    }
  }

  /** Why no lab can be opened here; empty when one can. */
  public static Optional<String> unavailable() {
    for (String tool : TOOLS) {
      if (!onPath(tool)) {
        return Optional.of("no " + tool + " command on the PATH");
      }
    }
    try {
      new Namespace("none").call(() -> true);
    } catch (IOException expected) {
      // Reached the kernel: the foreign-function interface works.
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("no access to native functions: " + e.getMessage());
    }
    try {
      LabOwner owner = LabOwner.current();
      LabReaper reaper = LabReaper.ofSystem(Command.ofSystem());
      String name =
          owner.namespace(LABS_PER_PROCESS_MAX + Thread.currentThread().threadId(), "try");
      Command.ofSystem().run(List.of("ip", "netns", "add", name), "");
      reaper.remove(name);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("network namespaces need root: " + e.getMessage());
    }
  }

  /**
   * Opens a lab.
   *
   * @throws IOException when a step fails; everything made until then is removed again
   */
  public static Lab open() throws IOException {
    return open(Command.ofSystem());
  }

  static Lab open(Command command) throws IOException {
    LabReaper reaper = LabReaper.ofSystem(Command.ofSystem());
    reaper.removeLeftovers();
    Lab lab = new Lab(reaper, claim(command));
    try {
      lab.closeOnShutdown();
      new LabTopology(lab.whileOpen(command), lab.namespaces).build();
      return lab;
    } catch (IOException | RuntimeException e) {
      try {
        lab.close();
      } catch (RuntimeException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** The UE; owns {@link LabAddresses#UE_1} and {@link LabAddresses#UE_2}. */
  public Namespace ue() {
    return namespaces.ue();
  }

  /** The N6 router, where the gate runs. */
  public Namespace upf() {
    return namespaces.upf();
  }

  /** Anchor A, see {@link AnchorSite#A}. */
  public Namespace anchorA() {
    return namespaces.a();
  }

  /** Anchor B, see {@link AnchorSite#B}. */
  public Namespace anchorB() {
    return namespaces.b();
  }

  /** Where the router's default route leads: what an ungated packet would reach. */
  public Namespace cloud() {
    return namespaces.cloud();
  }

  /** The control plane. */
  public Namespace core() {
    return namespaces.core();
  }

  /**
   * Starts a process that ends with the lab.
   *
   * @throws IllegalStateException when the lab is closed
   */
  public Process start(ProcessBuilder command) throws IOException {
    Process process = command.start();
    processes.push(process);
    if (closed) {
      end(process);
      throw new IllegalStateException("the lab is closed");
    }
    return process;
  }

  /**
   * Ends every process started here and removes every namespace. Repeating it does nothing.
   *
   * @throws IllegalStateException when something could not be removed
   */
  @Override
  public void close() {
    building.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      building.unlock();
    }
    forgetShutdown();
    processes.forEach(Lab::end);
    IllegalStateException failure = null;
    for (Namespace namespace : namespaces.all()) {
      try {
        reaper.remove(namespace.name());
      } catch (IOException e) {
        failure = failure == null ? new IllegalStateException("lab not removed", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Adding a namespace fails when it exists, so whoever adds the first one owns the number. */
  private static Namespaces claim(Command command) throws IOException {
    LabOwner owner = LabOwner.current();
    for (int lab = 0; lab < LABS_PER_PROCESS_MAX; lab++) {
      Namespaces namespaces = Namespaces.of(owner, lab);
      if (Files.exists(Path.of("/run/netns", namespaces.ue().name()))) {
        continue;
      }
      try {
        command.run(List.of("ip", "netns", "add", namespaces.ue().name()), "");
        return namespaces;
      } catch (IOException e) {
        if (!String.valueOf(e.getMessage()).contains("File exists")) {
          throw e;
        }
      }
    }
    throw new IOException("more than " + LABS_PER_PROCESS_MAX + " labs in one process");
  }

  /** Once a lab closes, a construction still under way must not add to it. */
  private Command whileOpen(Command command) {
    return (arguments, input) -> {
      building.lock();
      try {
        if (closed) {
          throw new IOException("the lab was closed during construction");
        }
        return command.run(arguments, input);
      } finally {
        building.unlock();
      }
    };
  }

  private void closeOnShutdown() {
    Thread hook = new Thread(this::close, "close lab");
    onShutdown = hook;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void forgetShutdown() {
    Thread hook = onShutdown;
    if (hook != null && hook != Thread.currentThread()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyStopping) {
        // Then the hook finds the lab closed.
      }
    }
  }

  private static void end(Process process) {
    Stream.concat(process.descendants().toList().stream(), Stream.of(process.toHandle()))
        .forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(Command.TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean onPath(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
