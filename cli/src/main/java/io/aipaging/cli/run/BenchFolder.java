package io.aipaging.cli.run;

import io.aipaging.cli.session.ConnectionOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for a benchmark or an experiment, gone afterwards. */
public final class BenchFolder {
  private BenchFolder() {}

  /** Something that is measured with a folder of its own. */
  @FunctionalInterface
  public interface Benchmark<R> {
    /** Measures. */
    R run(Path folder) throws Exception;
  }

  /** Measures in a fresh folder. */
  public static <R> R with(Benchmark<R> benchmark) throws Exception {
    Path folder =
        Files.createTempDirectory(
            Files.createDirectories(ConnectionOptions.stateFolder()), "bench-");
    try {
      return benchmark.run(folder);
    } finally {
      Folders.delete(folder);
    }
  }
}
