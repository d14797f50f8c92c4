package io.aipaging.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The machine itself: its clock, and what the kernel gate needs. */
final class HostChecks {
  private static final int CAP_NET_ADMIN = 12;
  private static final int COMMAND_SECONDS = 5;
  private static final String KEEP_TIME =
      "run chrony or systemd-timesyncd on this host: leases end by its clock";

  private final Supplier<Optional<KernelClock>> clock;
  private final Path proc;

  /** Checks of this machine. */
  HostChecks() {
    this(KernelClock::ask, Path.of("/proc"));
  }

  HostChecks(Supplier<Optional<KernelClock>> clock, Path proc) {
    this.clock = clock;
    this.proc = proc;
  }

  /**
   * Looks at the clock.
   *
   * @param bound how far clocks of a set may differ, see {@code lease.skew-bound}
   */
  Finding clock(Duration bound) {
    Optional<KernelClock> asked = clock.get();
    if (asked.isEmpty()) {
      return Finding.doubtful(
          "clock", "the kernel does not say whether anybody keeps it", KEEP_TIME);
    }
    KernelClock now = asked.get();
    if (!now.kept()) {
      return Finding.doubtful("clock", "the kernel knows nobody who keeps it in time", KEEP_TIME);
    }
    String seen = "kept, off by at most " + now.errorMax().toMillis() + " ms";
    return now.errorMax().compareTo(bound) <= 0
        ? Finding.ok("clock", seen)
        : Finding.doubtful(
            "clock",
            seen + ", which is more than the skew bound of " + bound.toMillis() + " ms",
            "use a nearer time server, or raise skew-bound and skew-margin everywhere");
  }

  /** Looks at what the kernel gate needs. */
  List<Finding> gate() {
    List<Finding> found = new ArrayList<>();
    found.add(command("nft", "nft list tables", "install nftables, and give CAP_NET_ADMIN"));
    found.add(command("conntrack", "conntrack -C", "install conntrack, and give CAP_NET_ADMIN"));
    found.add(capability());
    return found;
  }

  private Finding capability() {
    String what = "CAP_NET_ADMIN";
    try {
      for (String line : Files.readAllLines(proc.resolve("self/status"))) {
        if (line.startsWith("CapEff:")) {
          long effective = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          return (effective >> CAP_NET_ADMIN & 1) == 1
              ? Finding.ok(what, "this process has it")
              : Finding.bad(
                  what,
                  "this process does not have it",
                  "give the SMF adapter CAP_NET_ADMIN and nothing else, or use its gateway driver");
        }
      }
    } catch (IOException | NumberFormatException e) {
      // said below
    }
    return Finding.doubtful(what, "the kernel does not say", "look at /proc/self/status");
  }

  private static Finding command(String check, String line, String remedy) {
    try {
      Process process =
          new ProcessBuilder(line.split(" "))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Finding.bad(check, "'" + line + "' does not end", remedy);
      }
      return process.exitValue() == 0
          ? Finding.ok(check, "works")
          : Finding.bad(check, "'" + line + "' is refused", remedy);
    } catch (IOException e) {
      return Finding.bad(check, "there is no such command", remedy);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.doubtful(check, "was interrupted", remedy);
    }
  }
}
