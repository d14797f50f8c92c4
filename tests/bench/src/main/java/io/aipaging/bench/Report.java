package io.aipaging.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark measured.
 *
 * @param lines for people
 * @param figures for machines, by name
 * @param missed texts of the goals that were not reached
 */
public record Report(List<String> lines, Map<String, Double> figures, List<String> missed) {
  /** The report of findings that {@code lines} tell. */
  public static Report of(List<String> lines, List<Finding> findings) {
    Map<String, Double> figures = new LinkedHashMap<>();
    List<String> missed = new ArrayList<>();
    for (Finding finding : findings) {
      figures.put(finding.name(), Double.valueOf(Finding.number(finding.value())));
      if (!finding.good()) {
        missed.add(finding.text());
      }
    }
    return new Report(List.copyOf(lines), figures, List.copyOf(missed));
  }
}
