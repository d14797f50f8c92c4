package io.aipaging.cli.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.cli.ExitCode;
import io.aipaging.sbi.Json;
import io.aipaging.simulation.bugs.Bug;
import io.aipaging.simulation.run.BugHunt;
import io.aipaging.simulation.run.Finding;
import io.aipaging.simulation.run.Seeds;
import io.aipaging.simulation.run.Simulation;
import io.aipaging.simulation.run.Summary;
import io.aipaging.simulation.variant.Variant;
import io.aipaging.simulation.world.History;
import io.aipaging.simulation.world.Moves;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aipaging simulate}: random histories of the real code, judged after every step. */
@Command(
    name = "simulate",
    description = {
      "Runs the real lease machine, procedures, gates' and anchors' services through random",
      "histories of faults in virtual time, and checks the invariants after every step.",
      "The same seed makes the same history. See docs/simulation.md."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:no violation, or every bug was found", "1:a violation, or a bug escaped"})
public final class SimulateCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(
      names = "--from",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "First seed (default: ${DEFAULT-VALUE}).")
  private long from;

  @Option(
      names = "--threads",
      paramLabel = "COUNT",
      description = "Histories at the same time (default: one per processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--bug",
      paramLabel = "NAME",
      description = "Puts a bug in, one of ${COMPLETION-CANDIDATES}.")
  private @Nullable Bug bug;

  @Option(names = "--json", description = "Ends with one line of JSON.")
  private boolean json;

  @Option(names = "--coverage", description = "Lists what occurred, and how often.")
  private boolean coverage;

  /** What is run. */
  static final class What {
    @Option(names = "--seeds", paramLabel = "COUNT", description = "Runs so many histories.")
    private @Nullable Long seeds;

    @Option(
        names = "--seed",
        paramLabel = "SEED",
        description = "Runs one history and prints what happens in it.")
    private @Nullable Long seed;

    @Option(
        names = "--minutes",
        paramLabel = "MINUTES",
        description = "Runs as many histories as there is time for.")
    private @Nullable Integer minutes;

    @Option(
        names = "--find-bugs",
        paramLabel = "COUNT",
        description = "Puts one bug in after the other; each has so many histories to be found.")
    private @Nullable Long findBugs;
  }

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (threads < 1 || threads > 256) {
      throw wrong("--threads must be 1 to 256");
    }
    if (what.seed != null) {
      return one(what.seed);
    }
    if (what.findBugs != null) {
      return findBugs(positive(what.findBugs));
    }
    Seeds seeds =
        what.minutes == null
            ? Seeds.of(from, positive(what.seeds == null ? 0 : what.seeds))
            : Seeds.during(from, Duration.ofMinutes(positive(what.minutes)));
    return many(seeds);
  }

  private long positive(long number) {
    if (number < 1) {
      throw wrong("at least 1");
    }
    return number;
  }

  private ParameterException wrong(String why) {
    return new ParameterException(line(), why);
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec, "given by picocli").commandLine();
  }

  private Variant variant() {
    return bug == null ? new Variant() : bug.variant();
  }

  private int one(long seed) {
    long began = System.nanoTime();
    History.Outcome outcome = Simulation.one(seed, variant(), line().getOut());
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (coverage) {
      outcome.coverage().forEach((name, times) -> print("%8d  %s", (long) times, name));
    }
    if (outcome.violation() == null) {
      print("seed %d: %d steps in %d ms, no violation", seed, outcome.steps(), took.toMillis());
      return ExitCode.DONE;
    }
    print("seed %d: %d steps, violation of %s", seed, outcome.steps(), outcome.violation());
    return ExitCode.FAILED;
  }

  private int many(Seeds seeds) {
    Summary summary = Simulation.of(this::variant, threads).run(seeds);
    if (coverage) {
      summary.coverage().forEach((name, times) -> print("%8d  %s", times, name));
    }
    summary
        .findings()
        .forEach(found -> print("seed %d: violation of %s", found.seed(), found.violation()));
    print("histories            %d", summary.histories());
    print("histories per second %.0f", summary.historiesPerSecond());
    print("steps                %d", summary.steps());
    print("transitions covered  %d of %d", summary.movesCovered(), Moves.ALL.size());
    print("violations           %d", summary.violations());
    if (json) {
      print("%s", jsonOf(summary));
    }
    return summary.violations() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private int findBugs(long each) {
    int escaped = 0;
    for (Bug next : bug == null ? List.of(Bug.values()) : List.of(bug)) {
      Optional<Finding> found = BugHunt.of(next, threads).find(Seeds.of(from, each));
      if (found.isEmpty()) {
        escaped++;
      }
      print(
          "%-26s %s",
          next, found.map(f -> "seed " + f.seed() + ": " + f.violation()).orElse("escaped"));
    }
    return escaped == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private record Line(
      long histories,
      double historiesPerSecond,
      long steps,
      int transitionsCovered,
      long violations) {}

  private static String jsonOf(Summary summary) {
    try {
      return Json.MAPPER.writeValueAsString(
          new Line(
              summary.histories(),
              Math.round(summary.historiesPerSecond() * 10) / 10.0,
              summary.steps(),
              summary.movesCovered(),
              summary.violations()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures always serialize", e);
    }
  }

  private void print(String format, Object... values) {
    line().getOut().printf(Locale.ROOT, format + "%n", values).flush();
  }
}
