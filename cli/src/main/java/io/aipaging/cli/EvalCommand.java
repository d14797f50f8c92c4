package io.aipaging.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.cli.image.Startup;
import io.aipaging.cli.run.BenchFolder;
import io.aipaging.eval.enforcement.Enforcement;
import io.aipaging.eval.enforcement.EnforcementResult;
import io.aipaging.eval.relocation.Relocation;
import io.aipaging.eval.relocation.RelocationResult;
import io.aipaging.eval.startup.StartupResult;
import io.aipaging.lab.Lab;
import io.aipaging.sbi.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aipaging eval …}. */
@Command(
    name = "eval",
    description = {
      "Experiments: with real packets in network namespaces, which need root; and how functions",
      "start."
    },
    mixinStandardHelpOptions = true)
public final class EvalCommand {
  @Command(
      name = "enforcement",
      description = {
        "Leases that run out at the kernel gate while its adapter lives, is stopped or is dead:",
        "when the last packet passes. Fails when one passes after the end of its lease, or the",
        "gate closes too early. See docs/evaluation.md."
      },
      mixinStandardHelpOptions = true)
  int enforcement(
      @Option(
              names = "--rounds",
              paramLabel = "COUNT",
              defaultValue = "5",
              description = "48 expiries each, in about 10 s (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Option(names = "--json", description = "End with the result as one line of JSON.")
          boolean json)
      throws Exception {
    if (rounds < 1) {
      System.err.println("--rounds must be at least 1");
      return CommandLine.ExitCode.USAGE;
    }
    return inALab(
        () -> {
          EnforcementResult result =
              BenchFolder.with(folder -> Enforcement.run(folder, rounds, people(json)::println));
          return conclude(result, result.holds(), json);
        });
  }

  @Command(
      name = "relocation",
      description = {
        "Sessions that move between two anchors under 1,000 datagrams a second and HTTP requests",
        "on new and kept connections and event streams: what is lost when the new path is made",
        "first, and when the old one is broken first. See docs/evaluation.md."
      },
      mixinStandardHelpOptions = true)
  int relocation(
      @Option(
              names = "--moves",
              paramLabel = "COUNT",
              defaultValue = "50",
              description = "Moves of each of four sessions (default: ${DEFAULT-VALUE}).")
          int moves,
      @Option(names = "--json", description = "End with the result as one line of JSON.")
          boolean json)
      throws Exception {
    if (moves < 1) {
      System.err.println("--moves must be at least 1");
      return CommandLine.ExitCode.USAGE;
    }
    return inALab(
        () -> {
          RelocationResult result =
              BenchFolder.with(folder -> Relocation.run(folder, moves, people(json)::println));
          return conclude(result, result.holds(), json);
        });
  }

  @Command(
      name = "startup",
      description = {
        "How long functions take from start to ready and what memory they need when idle, as they",
        "are in their images: with nothing prepared, with the Java runtime's classes prepared, and",
        "with an ahead-of-time cache. See docs/evaluation.md."
      },
      mixinStandardHelpOptions = true)
  int startup(
      @Option(
              names = "--only",
              paramLabel = "NAME",
              split = ",",
              description = "nf-aipf, nf-nef-exposure, … (default: all five functions).")
          @Nullable List<String> only,
      @Option(
              names = "--starts",
              paramLabel = "COUNT",
              defaultValue = "5",
              description = "Of each function in each way (default: ${DEFAULT-VALUE}).")
          int starts,
      @Option(names = "--json", description = "End with the result as one line of JSON.")
          boolean json)
      throws Exception {
    if (starts < 1) {
      System.err.println("--starts must be at least 1");
      return CommandLine.ExitCode.USAGE;
    }
    List<String> names = only == null ? List.of() : only;
    StartupResult result =
        BenchFolder.with(folder -> Startup.measure(folder, names, starts, people(json)::println));
    people(json).print(result.table());
    return conclude(result, true, json);
  }

  private static int inALab(Callable<Integer> experiment) throws Exception {
    Optional<String> missing = Lab.unavailable();
    if (missing.isPresent()) {
      System.err.println("no experiment here: " + missing.get());
      return CommandLine.ExitCode.SOFTWARE;
    }
    return experiment.call();
  }

  private static PrintStream people(boolean json) {
    return json ? System.err : System.out;
  }

  private static int conclude(Object result, boolean good, boolean json)
      throws JsonProcessingException {
    if (json) {
      System.out.println(Json.MAPPER.writeValueAsString(result));
    }
    return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
