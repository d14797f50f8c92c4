package io.aipaging.eval.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One start of a function.
 *
 * @param readyMs from before its process was made until its management port said that it is ready
 * @param rssKb resident memory when idle, KiB
 * @param pssKb the same, pages that several processes share counted in parts, KiB
 */
public record Start(double readyMs, long rssKb, long pssKb) {
  /** Checks. */
  public Start {
    if (readyMs <= 0 || pssKb <= 0 || rssKb < pssKb) {
      throw new IllegalArgumentException("no start: " + readyMs + " ms, " + rssKb + ", " + pssKb);
    }
  }

  /**
   * A start of a process that is idle now.
   *
   * @throws IOException when the process is gone
   */
  public static Start ofIdle(double readyMs, long pid) throws IOException {
    String memory = Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
    return new Start(readyMs, kilobytes("Rss", memory), kilobytes("Pss", memory));
  }

  static long kilobytes(String name, String memory) throws IOException {
    Matcher line = Pattern.compile("(?m)^" + name + ": +(\\d+) kB$").matcher(memory);
    if (!line.find()) {
      throw new IOException("no " + name + " in " + memory);
    }
    return Long.parseLong(line.group(1));
  }
}
