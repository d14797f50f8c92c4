package io.aipaging.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code aipaging store} answers; what it reads and writes is tested where that is done. */
class StoreCommandTest {
  private final StringWriter errors = new StringWriter();
  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void makeStore() throws IOException {
    RocksDbStores.open(folder.resolve("one"), new RocksDbLimits(10, Duration.ofDays(1), 8 << 20))
        .close();
    config = config("one");
  }

  private Path config(String store) throws IOException {
    return Files.writeString(
        folder.resolve(store + ".yaml"),
        """
        nf-instance-id: aipf-1
        catalog: catalog.yaml
        keys: {}
        lease: {}
        limits: {}
        store: {path: %s}
        """
            .formatted(folder.resolve(store)));
  }

  private int run(String... arguments) {
    return new CommandLine(new StoreCommand())
        .setErr(new PrintWriter(errors))
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println(failure.getMessage());
              return 1;
            })
        .execute(arguments);
  }

  @Test
  void aStoreThatIsWellPassesAndADamagedOneDoesNot() throws IOException {
    assertThat(run("check", "--config", config.toString())).isZero();
    Files.write(folder.resolve("one/acknowledged"), new byte[32]);
    assertThat(run("check", "--config", config.toString())).isEqualTo(1);
  }

  @Test
  void anExportIsForItsOwnerOnlyAndBecomesAStoreAgain() throws IOException {
    Path file = folder.resolve("export.jsonl");
    Path other = config("two");
    assertThat(run("export", "--config", config.toString(), "--to", file.toString())).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run("import", "--config", other.toString(), "--from", file.toString())).isZero();
    assertThat(run("check", "--config", other.toString())).isZero();
    assertThat(run("import", "--config", other.toString(), "--from", file.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("already");
  }

  @Test
  void anExportOverwritesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("export.jsonl"), "precious");
    assertThat(run("export", "--config", config.toString(), "--to", file.toString())).isEqualTo(1);
    assertThat(file).hasContent("precious");
  }

  @Test
  void aStoreInMemoryIsNothingToCheck() throws IOException {
    Files.writeString(
        config, Files.readString(config).replaceAll("store: .*", "store: {kind: memory}"));
    assertThat(run("check", "--config", config.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("in memory");
  }

  @Test
  void withoutAConfigurationItSaysHowItIsUsed() {
    assertThat(run("check")).isEqualTo(2);
    assertThat(errors.toString()).contains("--config");
  }
}
