package io.aipaging.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process a lab belongs to. A process id alone may be given to a later process, so the time the
 * process was started is part of its identity.
 *
 * @param pid process id
 * @param startTicks start of the process, clock ticks since boot ({@code /proc/<pid>/stat}, field
 *     22)
 */
record LabOwner(long pid, long startTicks) {
  private static final String PREFIX = "aip";
  private static final Pattern NAME = Pattern.compile(PREFIX + "-([0-9]+)-([0-9]+)-[0-9]+-[a-z]+");
  private static final int START_TIME_AFTER_COMMAND = 19;

  /** This process. */
  static LabOwner current() throws IOException {
    long pid = ProcessHandle.current().pid();
    long ticks = startTicks(pid).orElseThrow(() -> new IOException("/proc does not show " + pid));
    return new LabOwner(pid, ticks);
  }

  /** The owner a namespace name carries; empty for names that are not a lab's. */
  static Optional<LabOwner> ofNamespace(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LabOwner(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    } catch (NumberFormatException beyondLong) {
      return Optional.empty();
    }
  }

  /** Name of the namespace {@code role} of this owner's lab number {@code lab}. */
  String namespace(long lab, String role) {
    return PREFIX + "-" + pid + "-" + startTicks + "-" + lab + "-" + role;
  }

  /** Whether that very process still runs. When in doubt it does: nothing of it is removed. */
  boolean isAlive() {
    try {
      return startTicks(pid).filter(ticks -> ticks == startTicks).isPresent();
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static Optional<Long> startTicks(long pid) throws IOException {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
    // The command in parentheses may hold blanks; what follows it cannot.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Optional.of(Long.parseLong(fields[START_TIME_AFTER_COMMAND]));
  }
}
