package io.aipaging.cli.run;

import io.aipaging.bench.lease.LeaseBenchmark;
import io.aipaging.cli.session.ConnectionOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The benchmark of leases, with a folder that is gone afterwards. */
public final class LeaseBench {
  private LeaseBench() {}

  /** As {@link LeaseBenchmark#run}. */
  public static LeaseBenchmark.Report measure(
      boolean quick, @Nullable String only, Consumer<String> told) throws Exception {
    Path folder =
        Files.createTempDirectory(
            Files.createDirectories(ConnectionOptions.stateFolder()), "bench-");
    try {
      return LeaseBenchmark.run(folder, quick, only, told);
    } finally {
      Folders.delete(folder);
    }
  }
}
