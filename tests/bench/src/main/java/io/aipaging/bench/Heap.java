package io.aipaging.bench;

import java.lang.management.ManagementFactory;

/** What lives on this process's heap. */
public final class Heap {
  private static final int COLLECTIONS = 3;

  private Heap() {}

  /** Bytes in use after collections: the least of a few, since the rest of the process goes on. */
  public static long liveBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
