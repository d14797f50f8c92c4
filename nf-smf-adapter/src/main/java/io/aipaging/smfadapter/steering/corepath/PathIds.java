package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.protocol.Flow;
import io.aipaging.sbi.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of paths at the core, remembered before they are used there: a core keeps what it was told
 * over our restart, and nobody else would take it away.
 */
public final class PathIds implements AutoCloseable {
  private static final int LINES_MAX = 4_096;
  private static final int ID_BYTES = 12;

  private final Journal journal;
  private final String prefix;
  private final Set<String> open = new LinkedHashSet<>();

  private PathIds(Journal journal, String prefix) {
    this.journal = journal;
    this.prefix = prefix;
    for (String line : journal.recovered()) {
      String id = line.substring(1);
      if (line.startsWith("+")) {
        open.add(id);
      } else {
        open.remove(id);
      }
    }
    journal.rewrite(open.stream().map(id -> "+" + id).toList());
  }

  /**
   * Opens or creates the memory of a gate.
   *
   * @param enforcerId the gate, of which every name bears a digest
   * @throws IllegalStateException when another process has it, or the file is damaged
   */
  public static PathIds open(Path file, String enforcerId) {
    return new PathIds(Journal.open(file), "aipaging-" + digest(enforcerId) + "-");
  }

  /** Name of a flow's path. */
  String of(Flow flow) {
    return prefix + digest(flow.toString());
  }

  /** Names in use, also from before this process started. */
  synchronized List<String> inUse() {
    return List.copyOf(open);
  }

  /** Whether a name is in use. */
  synchronized boolean isInUse(String id) {
    return open.contains(id);
  }

  /** Durably notes that a name is used from now on; throws what the journal throws. */
  synchronized void use(String id) {
    if (!open.contains(id)) {
      journal.append(List.of("+" + id));
      open.add(id);
    }
  }

  /** Notes that a name is not used any longer. */
  synchronized void forget(String id) {
    if (open.remove(id)) {
      journal.note(List.of("-" + id));
      if (journal.lines() > LINES_MAX + 2 * open.size()) {
        journal.rewrite(open.stream().map(one -> "+" + one).toList());
      }
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
