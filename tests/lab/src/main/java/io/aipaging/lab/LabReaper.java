package io.aipaging.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Removes namespaces together with whatever still runs in them. */
record LabReaper(Command command, Path namespaces) {

  static LabReaper ofSystem(Command command) {
    return new LabReaper(command, Path.of("/run/netns"));
  }

  /** Removes what labs left behind whose process is gone; labs of living processes stay. */
  void removeLeftovers() throws IOException {
    for (String name : names()) {
      if (LabOwner.ofNamespace(name).filter(Predicate.not(LabOwner::isAlive)).isPresent()) {
        remove(name);
      }
    }
  }

  /** Removes one namespace if it is there; processes in it are killed first. */
  void remove(String name) throws IOException {
    if (!Files.exists(namespaces.resolve(name))) {
      return;
    }
    for (String pid : command.run(List.of("ip", "netns", "pids", name), "").split("\\s+", -1)) {
      if (!pid.isEmpty()) {
        kill(Long.parseLong(pid));
      }
    }
    try {
      command.run(List.of("ip", "netns", "delete", name), "");
    } catch (IOException e) {
      // Another run may have reaped the same leftover meanwhile.
      if (Files.exists(namespaces.resolve(name))) {
        throw e;
      }
    }
  }

  private static void kill(long pid) {
    if (pid != ProcessHandle.current().pid()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private List<String> names() throws IOException {
    if (!Files.isDirectory(namespaces)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(namespaces)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
