package io.aipaging.bench.lease;

import io.aipaging.bench.Finding;
import io.aipaging.bench.Report;
import io.aipaging.protocol.SigningKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that is measured of leases, in one run. */
public final class LeaseBenchmark {
  /** The parts, in the order in which they run: the many leases last, they fill the heap. */
  public static final List<String> PARTS =
      List.of("page", "renew", "store", "burst", "scale", "heap");

  private static final String CATALOG = "catalog.yaml";

  private LeaseBenchmark() {}

  /**
   * Measures.
   *
   * @param folder for stores; empty, removed by whoever made it
   * @param quick a short run: whether all works, and a first idea
   * @param only one of {@link #PARTS}, or null for all
   * @param told each line for people as soon as there is one: a part's name before it is measured
   */
  public static Report run(Path folder, boolean quick, @Nullable String only, Consumer<String> told)
      throws Exception {
    return run(folder, quick ? Effort.QUICK : Effort.FULL, only, told);
  }

  static Report run(Path folder, Effort effort, @Nullable String only, Consumer<String> told)
      throws Exception {
    Path catalog = folder.resolve(CATALOG);
    copyCatalog(catalog);
    Setting setting = new Setting(effort, folder, catalog, SigningKeys.generate());
    List<String> lines = new ArrayList<>();
    List<Finding> all = new ArrayList<>();
    try (Population population = new Population(setting)) {
      for (String name : PARTS) {
        if (only == null || only.equals(name)) {
          Consumer<String> line = told.andThen(lines::add);
          line.accept(name);
          List<Finding> findings = part(name, setting, population).measure();
          findings.forEach(finding -> line.accept(finding.line()));
          all.addAll(findings);
        }
      }
    }
    return Report.of(lines, all);
  }

  private static Part part(String name, Setting setting, Population population) {
    return switch (name) {
      case "page" -> new PagePart(setting);
      case "renew" -> new RenewPart(setting, population);
      case "scale" -> new ScalePart(setting, population);
      case "heap" -> new HeapPart(population);
      case "store" -> new StorePart(setting);
      case "burst" -> new BurstPart(setting);
      default -> throw new IllegalArgumentException("there is no part " + name);
    };
  }

  private static void copyCatalog(Path to) throws IOException {
    try (InputStream from =
        Objects.requireNonNull(LeaseBenchmark.class.getResourceAsStream(CATALOG))) {
      Files.copy(from, to);
    }
  }
}
