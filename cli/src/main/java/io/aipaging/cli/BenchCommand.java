package io.aipaging.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.bench.PageBenchmark;
import io.aipaging.cli.run.BenchSet;
import io.aipaging.sbi.Json;
import java.util.Locale;
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
              defaultValue = "2000",
              description = "Pages measured (default: ${DEFAULT-VALUE}).")
          int pages,
      @Option(
              names = "--warm-up",
              defaultValue = "500",
              description = "Pages before, not measured (default: ${DEFAULT-VALUE}).")
          int warmUp,
      @Option(names = "--json", description = "Print the figures as one line of JSON.")
          boolean json)
      throws Exception {
    PageBenchmark.Result result = BenchSet.measure(warmUp, pages);
    if (json) {
      System.out.println(text(result));
      return 0;
    }
    System.out.printf(
        Locale.ROOT, "%d pages after %d of warm-up, one at a time%n", result.pages(), warmUp);
    System.out.printf(Locale.ROOT, "%-10s %10s %10s%n", "stage", "p50 ms", "p99 ms");
    result.stages().forEach(BenchCommand::print);
    print("page", result.total());
    return 0;
  }

  private static void print(String name, PageBenchmark.Quantiles quantiles) {
    System.out.printf(
        Locale.ROOT, "%-10s %10.3f %10.3f%n", name, quantiles.p50Ms(), quantiles.p99Ms());
  }

  private static String text(PageBenchmark.Result result) {
    try {
      return Json.MAPPER.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result always serializes", e);
    }
  }
}
