package io.aipaging.smfadapter.steering.gateway;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at the threads of this process. */
final class Threads {
  private Threads() {}

  /** Names and stacks of platform threads and of the virtual ones of executors. */
  static String dump() throws IOException {
    Path directory = Files.createTempDirectory("threads");
    Path dump = directory.resolve("dump");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      return Files.readString(dump);
    } finally {
      Files.deleteIfExists(dump);
      Files.delete(directory);
    }
  }

  /** Whether some thread is inside a method, written {@code Type.method}. */
  static boolean areIn(String method) {
    try {
      return dump().contains(method + "(");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
