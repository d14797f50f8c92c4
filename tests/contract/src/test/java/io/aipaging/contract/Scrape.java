package io.aipaging.contract;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a function shows at {@code /metrics}, without the figures of JVM and process.
 *
 * @param kinds kind of each metric by its name: counter, gauge, histogram
 * @param labels names of each metric's labels
 * @param series value of every series, by name and labels
 */
record Scrape(
    Map<String, String> kinds, Map<String, Set<String>> labels, Map<String, Double> series) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
  private static final Pattern PART = Pattern.compile("_(bucket|count|sum|max)$");
  private static final Pattern SHARED = Pattern.compile("(jvm|process|system)_.*");

  /** A function's metrics, from the text it serves. */
  static Scrape parse(String text) {
    Scrape found = new Scrape(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    text.lines().filter(line -> !line.isBlank()).forEach(found::read);
    found.kinds.keySet().removeIf(name -> found.isMaximum(name));
    return found;
  }

  private void read(String line) {
    Matcher type = TYPE.matcher(line);
    if (type.matches()) {
      if (!SHARED.matcher(type.group(1)).matches()) {
        kinds.put(type.group(1), type.group(2));
      }
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    if (line.startsWith("#") || !sample.matches() || SHARED.matcher(sample.group(1)).matches()) {
      return;
    }
    String shown = sample.group(2) == null ? "" : sample.group(2);
    series.put(sample.group(1) + "{" + shown + "}", Double.valueOf(sample.group(3)));
    Set<String> names = labels.computeIfAbsent(metric(sample.group(1)), _ -> new TreeSet<>());
    LABEL.matcher(shown).results().map(found -> found.group(1)).forEach(names::add);
    names.remove("le");
  }

  /** A series' value, such as of {@code x_total{cause="OTHER"}}. */
  double of(String one) {
    String name = one.endsWith("}") ? one : one + "{}";
    return Objects.requireNonNull(series.get(name), name);
  }

  private String metric(String name) {
    String whole = PART.matcher(name).replaceFirst("");
    return kinds.getOrDefault(whole, "").equals("histogram") ? whole : name;
  }

  private boolean isMaximum(String name) {
    return name.endsWith("_max")
        && "histogram".equals(kinds.get(PART.matcher(name).replaceFirst("")));
  }
}
