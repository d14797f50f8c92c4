package io.aipaging.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.bench.PageBenchmark;
import io.aipaging.bench.Report;
import io.aipaging.bench.lease.LeaseBenchmark;
import io.aipaging.bench.steering.SteeringBenchmark;
import io.aipaging.cli.run.BenchFolder;
import io.aipaging.cli.run.BenchSet;
import io.aipaging.lab.Lab;
import io.aipaging.sbi.Json;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aipaging bench …}. */
@Command(
    name = "bench",
    description = "Measures; figures are of one run on this machine.",
    mixinStandardHelpOptions = true)
public final class BenchCommand {
  @Command(
      name = "page",
      description = {
        "Pages one after the other over loopback: every function behind its own TLS listener with",
        "access tokens, one process, the gateway as gate, the PCF simulated without pacing."
      },
      mixinStandardHelpOptions = true)
  int page(
      @Option(
              names = "--pages",
              paramLabel = "COUNT",
              defaultValue = "2000",
              description = "Pages measured (default: ${DEFAULT-VALUE}).")
          int pages,
      @Option(
              names = "--warm-up",
              paramLabel = "COUNT",
              defaultValue = "500",
              description = "Pages before, not measured (default: ${DEFAULT-VALUE}).")
          int warmUp,
      @Option(
              names = "--beside-stalled",
              paramLabel = "UES",
              defaultValue = "0",
              description = {
                "Measure a second time while the PCF answers nothing about so many other UEs",
                "for 30 s each, 1 to 250 (default: not)."
              })
          int stalled,
      @Option(names = "--json", description = "Print the figures as one line of JSON.")
          boolean json)
      throws Exception {
    if (stalled < 0 || stalled > 250) {
      System.err.println("--beside-stalled takes 1 to 250");
      return CommandLine.ExitCode.USAGE;
    }
    PageBenchmark.Result result = BenchSet.measure(warmUp, pages, stalled);
    if (json) {
      System.out.println(text(result));
      return 0;
    }
    System.out.printf(
        Locale.ROOT, "%d pages after %d of warm-up, one at a time%n", result.pages(), warmUp);
    System.out.printf(Locale.ROOT, "%-10s %10s %10s%n", "stage", "p50 ms", "p99 ms");
    result.stages().forEach(BenchCommand::print);
    print("page", result.total());
    PageBenchmark.Beside beside = result.besideStalled();
    if (beside != null) {
      print("beside", beside.total());
      System.out.printf(
          Locale.ROOT,
          "p99 beside %d stalled UEs is %.2f times that without; heap grown by %.1f MiB%n",
          beside.stalled(),
          beside.p99Ratio(),
          beside.heapGrownMib());
    }
    return 0;
  }

  @Command(
      name = "lease",
      description = {
        "Leases compared with the least they could cost: pages with the floor program,",
        "renewals with verify + sign + append, a million leases with a thousand, stores",
        "with what they are built on; heap per lease; many leases that expire in the",
        "same second. Some minutes. See docs/benchmarks.md."
      },
      mixinStandardHelpOptions = true)
  int lease(
      @Option(
              names = "--quick",
              description = "About a minute, with few leases: no figure to quote.")
          boolean quick,
      @Option(
              names = "--only",
              paramLabel = "PART",
              completionCandidates = LeaseParts.class,
              description = "One of ${COMPLETION-CANDIDATES}.")
          @Nullable String only,
      @Option(names = "--json", description = "End with the figures as one line of JSON.")
          boolean json)
      throws Exception {
    if (only != null && !LeaseBenchmark.PARTS.contains(only)) {
      System.err.println("--only takes one of " + String.join(", ", LeaseBenchmark.PARTS));
      return CommandLine.ExitCode.USAGE;
    }
    PrintStream people = json ? System.err : System.out;
    Report report =
        BenchFolder.with(folder -> LeaseBenchmark.run(folder, quick, only, people::println));
    report.missed().forEach(goal -> people.println("missed: " + goal));
    if (json) {
      System.out.println(text(report.figures()));
    }
    return 0;
  }

  @Command(
      name = "steering",
      description = {
        "Lease steps at the gate in the kernel, over netlink and by spawning nft, with no",
        "lease, 100,000 and 1,000,000. Needs root. See docs/benchmarks.md."
      },
      mixinStandardHelpOptions = true)
  int steering(
      @Option(names = "--quick", description = "Some seconds, with few leases: no figure to quote.")
          boolean quick,
      @Option(names = "--json", description = "End with the figures as one line of JSON.")
          boolean json)
      throws Exception {
    Optional<String> missing = Lab.unavailable();
    if (missing.isPresent()) {
      System.err.println("no kernel gate here: " + missing.get());
      return CommandLine.ExitCode.SOFTWARE;
    }
    PrintStream people = json ? System.err : System.out;
    Report report =
        BenchFolder.with(folder -> SteeringBenchmark.run(folder, quick, people::println));
    report.missed().forEach(goal -> people.println("missed: " + goal));
    if (json) {
      System.out.println(text(report.figures()));
    }
    return 0;
  }

  static final class LeaseParts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LeaseBenchmark.PARTS.iterator();
    }
  }

  private static void print(String name, PageBenchmark.Quantiles quantiles) {
    System.out.printf(
        Locale.ROOT, "%-10s %10.3f %10.3f%n", name, quantiles.p50Ms(), quantiles.p99Ms());
  }

  private static String text(Object result) {
    try {
      return Json.MAPPER.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result always serializes", e);
    }
  }
}
