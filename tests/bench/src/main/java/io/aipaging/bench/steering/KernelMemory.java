package io.aipaging.bench.steering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What the kernel keeps for itself. */
final class KernelMemory {
  private static final Set<String> KINDS = Set.of("SUnreclaim:", "VmallocUsed:");

  private KernelMemory() {}

  /** Slab that cannot be reclaimed and memory of big tables, of the whole machine. */
  static long bytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .map(line -> line.split("\\s+", -1))
        .filter(fields -> KINDS.contains(fields[0]))
        .mapToLong(fields -> 1_024 * Long.parseLong(fields[1]))
        .sum();
  }
}
