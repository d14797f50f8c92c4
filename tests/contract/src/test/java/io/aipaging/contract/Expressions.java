package io.aipaging.contract;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into PromQL just far enough to see which metrics and labels it names. */
final class Expressions {
  private static final Pattern SELECTOR = Pattern.compile("([a-z_:][a-z0-9_:]*)\\s*(\\{|\\[)");
  private static final Pattern OWN =
      Pattern.compile("\\b(?:aipf|nef|pcfadapter|smfadapter|aexf|sbi)_[a-z0-9_]+");
  private static final Pattern MATCHERS = Pattern.compile("([a-z_:][a-z0-9_:]*)\\{([^}]*)\\}");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern GROUPED = Pattern.compile("\\b(?:by|without)\\s*\\(([^)]*)\\)");
  private static final Set<String> OF_PROMETHEUS = Set.of("le", "job", "instance");

  private Expressions() {}

  /** What is wrong with an expression; empty when it names what exists. */
  static Set<String> faults(String expression) throws IOException {
    Map<String, Set<String>> known = known();
    String bare = expression.replaceAll("\"[^\"]*\"", "\"\"");
    Set<String> faults = new TreeSet<>();
    Set<String> named = new TreeSet<>();
    SELECTOR.matcher(bare).results().forEach(found -> named.add(found.group(1)));
    OWN.matcher(bare).results().forEach(found -> named.add(found.group()));
    if (named.isEmpty()) {
      faults.add("names no metric");
    }
    Set<String> labels = new TreeSet<>(OF_PROMETHEUS);
    for (String metric : named) {
      if (known.containsKey(metric)) {
        labels.addAll(known.get(metric));
      } else {
        faults.add("no metric " + metric);
      }
    }
    MATCHERS
        .matcher(bare)
        .results()
        .forEach(found -> matched(found.group(1), found.group(2), known, faults));
    Matcher grouped = GROUPED.matcher(bare);
    while (grouped.find()) {
      Arrays.stream(grouped.group(1).split(","))
          .map(String::strip)
          .filter(label -> !labels.contains(label))
          .forEach(label -> faults.add("no label " + label));
    }
    if (bare.chars().filter(c -> c == '(').count() != bare.chars().filter(c -> c == ')').count()) {
      faults.add("unbalanced");
    }
    return faults;
  }

  private static void matched(
      String metric, String matchers, Map<String, Set<String>> known, Set<String> faults) {
    LABEL
        .matcher(matchers)
        .results()
        .map(found -> found.group(1))
        .filter(label -> !known.getOrDefault(metric, Set.of()).contains(label))
        .forEach(label -> faults.add(metric + " has no label " + label));
  }

  private static Map<String, Set<String>> known() throws IOException {
    Map<String, Set<String>> known = new HashMap<>();
    for (MetricsTable.Row row : MetricsTable.rows()) {
      if (row.kind().equals("histogram")) {
        List.of("_bucket", "_count", "_sum", "_max")
            .forEach(part -> known.put(row.name() + part, row.labels()));
      } else {
        known.put(row.name(), row.labels());
      }
    }
    return known;
  }
}
