package io.aipaging.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The clauses of {@code docs/lease-protocol.md}, and the tests of every module that cite them. */
final class Clauses {
  private static final Pattern MARK = Pattern.compile("`(L\\d+\\.\\d+)`");
  private static final Pattern CITED = Pattern.compile("\\bL\\d+\\.\\d+\\b");
  private static final Pattern TEST =
      Pattern.compile("^\\s*@(?:Test|ParameterizedTest|ArchTest)\\b.*?//(.*)$");
  private static final Pattern METHOD = Pattern.compile("\\b(?:void|ArchRule) (\\w+)\\b");
  private static final int WORDS_SHOWN = 14;

  private Clauses() {}

  /** Every clause in the order of the page, with the words it begins with. */
  static Map<String, String> of(String page) {
    Map<String, String> clauses = new LinkedHashMap<>();
    Matcher mark = MARK.matcher(page);
    while (mark.find()) {
      String said = clauses.put(mark.group(1), words(page, mark.end()));
      if (said != null) {
        throw new IllegalStateException(mark.group(1) + " marks two clauses");
      }
    }
    return clauses;
  }

  private static String words(String page, int from) {
    Matcher next = MARK.matcher(page);
    int end = next.find(from) ? next.start() : page.length();
    String clause = page.substring(from, end).split("\n\n|\\|", 2)[0];
    String plain =
        clause.replaceAll("\\]\\([^)]*\\)|[*\\[]", "").strip().replaceAll("[\\s,;(-]+$", "");
    List<String> words = List.of(plain.split("\\s+"));
    return words.size() <= WORDS_SHOWN
        ? String.join(" ", words)
        : String.join(" ", words.subList(0, WORDS_SHOWN)) + " …";
  }

  /** Tests by the clause they cite, as {@code Class.method}, of all modules below {@code root}. */
  static Map<String, TreeSet<String>> cited(Path root) throws IOException {
    Map<String, TreeSet<String>> cited = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root, 12)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/test/java/"))
          .forEach(file -> read(file, cited));
    }
    return cited;
  }

  private static void read(Path file, Map<String, TreeSet<String>> cited) {
    String type = file.getFileName().toString().replace(".java", "");
    List<String> clauses = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        Matcher test = TEST.matcher(line);
        if (test.find()) {
          CITED.matcher(test.group(1)).results().forEach(found -> clauses.add(found.group()));
        }
        Matcher method = METHOD.matcher(line);
        if (!clauses.isEmpty() && method.find()) {
          String name = type + "." + method.group(1);
          clauses.forEach(clause -> cited.computeIfAbsent(clause, c -> new TreeSet<>()).add(name));
          clauses.clear();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
