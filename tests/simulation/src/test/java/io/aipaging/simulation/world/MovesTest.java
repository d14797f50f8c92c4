package io.aipaging.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MovesTest {
  private static final Pattern ROW =
      Pattern.compile("\\| ([^|]+) \\| (\\w+) \\| [^|]+ \\| `(\\w+)` \\|.*");

  @Test
  void theMovesAreThoseOfTheTableOfStates() throws IOException {
    Set<String> table = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("../../docs/states.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(2).equals("finished")) {
        table.add(Moves.name(row.group(1), row.group(3)));
      }
    }
    Set<String> moves = new TreeSet<>(Moves.ALL);
    moves.removeIf(name -> name.startsWith("MOVE ENDING: ") || name.startsWith("MOVE -: "));
    assertThat(table).isNotEmpty().isEqualTo(moves);
  }
}
