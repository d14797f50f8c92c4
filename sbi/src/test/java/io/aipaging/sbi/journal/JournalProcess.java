package io.aipaging.sbi.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Another process that uses a journal; says on standard output what was acknowledged. */
final class JournalProcess {
  static final int REFUSED = 3;
  static final int KEPT = 50;

  private JournalProcess() {}

  public static void main(String[] arguments) {
    Journal journal;
    try {
      journal = Journal.open(Path.of(arguments[1]));
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
      System.exit(REFUSED);
      return;
    }
    switch (arguments[0]) {
      case "open" -> journal.close();
      case "append" -> append(journal);
      case "rewrite" -> rewrite(journal);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void append(Journal journal) {
    for (int i = journal.lines(); ; i++) {
      journal.append(List.of("line " + i));
      System.out.println(i);
    }
  }

  private static void rewrite(Journal journal) {
    for (int i = 0; ; i++) {
      List<String> lines = new ArrayList<>(Collections.nCopies(KEPT, "round " + i));
      journal.rewrite(lines);
      System.out.println(i);
      journal.append(List.of("after round " + i));
    }
  }

  static Process start(String what, Path file) throws java.io.IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            JournalProcess.class.getName(),
            what,
            file.toString())
        .redirectErrorStream(true)
        .start();
  }
}
