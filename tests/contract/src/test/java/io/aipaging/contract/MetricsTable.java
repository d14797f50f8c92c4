package io.aipaging.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of {@code docs/metrics.md}. */
final class MetricsTable {
  static final Path ROOT = Path.of("../..");
  private static final Path PAGE = ROOT.resolve("docs/metrics.md");

  private MetricsTable() {}

  /**
   * A row.
   *
   * @param section heading above it
   * @param name name in Prometheus
   * @param kind counter, gauge or histogram
   * @param labels names of its labels
   * @param always whether it is there whatever is configured
   */
  record Row(String section, String name, String kind, Set<String> labels, boolean always) {}

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("## ")) {
        section = line.substring(3);
      } else if (line.startsWith("| `")) {
        rows.add(row(section, line.split("\\|")));
      }
    }
    return rows;
  }

  private static Row row(String section, String[] cells) {
    Set<String> labels =
        Arrays.stream(cells[3].replaceAll("[`–\\s]", "").split(","))
            .filter(label -> !label.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    return new Row(
        section,
        cells[1].replace("`", "").strip(),
        cells[2].strip(),
        labels,
        !cells[4].contains("`") || cells[4].contains("`listener`"));
  }
}
