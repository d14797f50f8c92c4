package io.aipaging.bench.lease;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What operations took: of the whole process, with the compiler, the collector and the store's own
 * threads.
 *
 * @param operations how many, 1 or more
 * @param wallNanos wall time of all of them
 * @param cpuNanos CPU time of the process meanwhile
 */
record Cost(long operations, long wallNanos, long cpuNanos) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Some work that counts itself. */
  interface Work {
    /** Does it and returns how many operations it was. */
    long run();
  }

  static Cost of(Work work) {
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    long operations = work.run();
    return new Cost(operations, System.nanoTime() - wall, SYSTEM.getProcessCpuTime() - cpu);
  }

  double perSecond() {
    return operations * 1e9 / wallNanos;
  }

  double cpuMicros() {
    return cpuNanos / 1e3 / operations;
  }

  /** Of all operations together. */
  double wallSeconds() {
    return wallNanos / 1e9;
  }
}
