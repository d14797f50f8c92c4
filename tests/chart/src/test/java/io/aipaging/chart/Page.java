package io.aipaging.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation: its blocks and the commands in them. */
record Page(String text) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```");
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  static Page of(String name) {
    try {
      Path file = Chart.repository().resolve(name);
      return new Page(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> blocks(String language) {
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals(language)) {
        blocks.add(block.group(2));
      }
    }
    return blocks;
  }

  /** The YAML block whose first line is a comment with that name. */
  String file(String name) {
    return blocks("yaml").stream()
        .filter(block -> block.startsWith("# " + name + "\n"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page has no " + name));
  }

  /** Commands that begin with a program, each up to its pipe, as words without their quotes. */
  List<List<String>> commands(String program) {
    List<List<String>> commands = new ArrayList<>();
    for (String block : blocks("sh")) {
      for (String line : block.split("\n")) {
        for (String command : line.split(" \\| ")) {
          if (command.startsWith(program + " ")) {
            commands.add(words(command));
          }
        }
      }
    }
    return commands;
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.replaceAll("\\$\\(([^)]*)\\)", "\\$()"));
    while (word.find()) {
      words.add(word.group().replace("'", ""));
    }
    return words;
  }
}
