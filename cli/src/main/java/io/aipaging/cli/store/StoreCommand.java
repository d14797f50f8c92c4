package io.aipaging.cli.store;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.Storage;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.export.StoreCheck;
import io.aipaging.aipf.lease.export.StoreExport;
import io.aipaging.aipf.lease.export.StoreImport;
import io.aipaging.aipf.lease.export.Totals;
import io.aipaging.cli.ExitCode;
import io.aipaging.sbi.config.Configuration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aipaging store …}: for an AIPF that is stopped. */
@Command(
    name = "store",
    description = "Checks, exports and imports the store of an AIPF that is stopped.",
    mixinStandardHelpOptions = true)
public final class StoreCommand {
  @Command(
      name = "check",
      description = {
        "Reads all of the store and says what is damaged or contradicts itself.",
        "Changes nothing."
      },
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {"0:all is well", "1:something is not"})
  int check(
      @Option(
              names = "--config",
              required = true,
              paramLabel = "FILE",
              description = "The AIPF's configuration, YAML.")
          Path config) {
    StoreCheck.Report report;
    try (StoreDump dump = Storage.dump(load(config))) {
      report = StoreCheck.of(dump);
    }
    report.shown().forEach(finding -> System.out.println("finding  " + finding));
    if (report.findings() > report.shown().size()) {
      System.out.println("finding  and " + (report.findings() - report.shown().size()) + " more");
    }
    print(report.totals());
    System.out.println(report.findings() == 0 ? "well" : "findings " + report.findings());
    return report.findings() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Command(
      name = "export",
      description = {
        "Writes sessions and evidence as lines of JSON. The file holds subscribers' addresses",
        "and tokens; it is made for its owner only."
      },
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {"0:everything is exported", "1:something is damaged and was left out"})
  int export(
      @Option(
              names = "--config",
              required = true,
              paramLabel = "FILE",
              description = "The AIPF's configuration, YAML.")
          Path config,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "FILE",
              description = "Where to; must not exist.")
          Path to)
      throws IOException {
    AtomicLong left = new AtomicLong();
    try (StoreDump dump = Storage.dump(load(config));
        OutputStream out = fresh(to)) {
      Totals totals =
          StoreExport.run(
              dump,
              out,
              Instant.now(),
              fault -> {
                left.incrementAndGet();
                System.err.println("aipaging: left out: " + fault);
              });
      print(totals);
    }
    return left.get() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Command(
      name = "import",
      description = {
        "Makes a new store of an export. What is over stays over: a lease that has run out",
        "since is ended by the AIPF when it starts."
      },
      mixinStandardHelpOptions = true)
  int importFile(
      @Option(
              names = "--config",
              required = true,
              paramLabel = "FILE",
              description = "The AIPF's configuration, YAML; there must be no store yet.")
          Path config,
      @Option(names = "--from", required = true, paramLabel = "FILE", description = "An export.")
          Path from)
      throws IOException {
    AipfConfig aipf = load(config);
    print(StoreImport.run(from, () -> Storage.fill(aipf)));
    return ExitCode.DONE;
  }

  private static AipfConfig load(Path config) {
    return Configuration.load(AipfConfig.class, config, System.getenv(), "AIPAGING_AIPF");
  }

  private static OutputStream fresh(Path file) throws IOException {
    return Channels.newOutputStream(
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  private static void print(Totals totals) {
    System.out.printf(
        "sessions %d, %d of them live%nevidence %d records, of %d sessions only that is left%n",
        totals.sessions(), totals.live(), totals.evidence(), totals.forgotten());
  }
}
