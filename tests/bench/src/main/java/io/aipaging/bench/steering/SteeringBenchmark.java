package io.aipaging.bench.steering;

import io.aipaging.bench.Finding;
import io.aipaging.bench.Finding.Goal;
import io.aipaging.bench.Report;
import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.smfadapter.steering.nftables.NextHop;
import io.aipaging.smfadapter.steering.nftables.NftablesConfig;
import io.aipaging.smfadapter.steering.nftables.NftablesDriver;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lease steps in the kernel, over netlink and by spawning {@code nft}, with few leases and many.
 */
public final class SteeringBenchmark {
  private static final int ELEMENTS_PER_LEASE = 3;

  private final Effort effort;
  private final Consumer<String> told;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Integer, Map<Kind, Times>> netlink = new TreeMap<>();
  private final Map<Integer, Map<Kind, Times>> spawned = new TreeMap<>();

  private SteeringBenchmark(Effort effort, Consumer<String> told) {
    this.effort = effort;
    this.told = told;
  }

  /**
   * How much is measured.
   *
   * @param leases with how many leases, ascending from 0
   * @param operations of each kind over netlink
   * @param spawns of each kind by command
   */
  record Effort(List<Integer> leases, int operations, int spawns) {
    static final Effort FULL = new Effort(List.of(0, 100_000, 1_000_000), 5_000, 40);
    static final Effort QUICK = new Effort(List.of(0, 20_000), 1_000, 10);
  }

  /**
   * Measures in a lab of its own; needs root.
   *
   * @param folder for a journal; exists
   * @param quick a short run with few leases: no figure to quote
   * @param told each line for people as soon as there is one
   * @throws IOException when there can be no lab here
   */
  public static Report run(Path folder, boolean quick, Consumer<String> told) throws Exception {
    return run(folder, quick ? Effort.QUICK : Effort.FULL, told);
  }

  static Report run(Path folder, Effort effort, Consumer<String> told) throws Exception {
    List<String> lines = new ArrayList<>();
    SteeringBenchmark benchmark = new SteeringBenchmark(effort, told.andThen(lines::add));
    try (Lab lab = Lab.open();
        NftablesDriver driver = lab.upf().call(() -> NftablesDriver.open(config(lab)))) {
      driver.restore(List.of());
      benchmark.measure(lab, driver);
    }
    benchmark.conclude(Around.measure(folder, effort.operations()));
    return Report.of(lines, benchmark.findings);
  }

  private void measure(Lab lab, NftablesDriver driver) throws Exception {
    int base = effort.leases().getLast();
    warmUp(driver, base);
    told.accept(
        "%-10s %-9s %10s %10s %10s   %s"
            .formatted("leases", "step", "p50 us", "p99 us", "per s", "spawned p50 us"));
    int there = 0;
    long memory = KernelMemory.bytes();
    for (int leases : effort.leases()) {
      for (; there < leases; there++) {
        driver.apply(Steps.step(Kind.INSTALL, there));
      }
      if (leases == base && leases > 0) {
        double perLease = (double) (KernelMemory.bytes() - memory) / leases;
        findings.add(Finding.of("kernelBytesPerLease", "kernel memory per lease", perLease, "B"));
        findings.add(
            new Finding(
                "kernelBytesPerElement",
                "kernel memory per set element",
                perLease / ELEMENTS_PER_LEASE,
                "B",
                Goal.atMost(150)));
      }
      Map<Kind, Times> ours = new EnumMap<>(Kind.class);
      Map<Kind, Times> theirs = new EnumMap<>(Kind.class);
      for (Kind kind : Kind.values()) {
        ours.put(
            kind, Times.of(effort.operations(), i -> driver.apply(Steps.step(kind, base + i))));
      }
      for (Kind kind : Kind.values()) {
        theirs.put(kind, spawn(lab, kind, base));
      }
      ours.forEach((kind, times) -> tell(leases, kind, times, of(theirs, kind)));
      netlink.put(leases, ours);
      spawned.put(leases, theirs);
    }
  }

  /** Until the compiler has seen everything. */
  private void warmUp(NftablesDriver driver, int base) throws Exception {
    for (int round = 0; round < 10; round++) {
      for (Kind kind : Kind.values()) {
        for (int i = 0; i < effort.operations() / 5; i++) {
          driver.apply(Steps.step(kind, base + i));
        }
      }
    }
  }

  private Times spawn(Lab lab, Kind kind, int base) throws IOException {
    return lab.upf()
        .call(
            () ->
                Times.of(
                    effort.spawns(),
                    i -> {
                      Process nft = new ProcessBuilder("nft", "-f", "-").start();
                      try (var stdin = nft.getOutputStream()) {
                        stdin.write(
                            Steps.script(kind, base + i).getBytes(StandardCharsets.US_ASCII));
                      }
                      if (nft.waitFor() != 0) {
                        throw new IOException(
                            new String(
                                nft.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
                      }
                    }));
  }

  private void tell(int leases, Kind kind, Times ours, Times theirs) {
    told.accept(
        String.format(
            Locale.ROOT,
            "%-10d %-9s %10.1f %10.1f %10.0f   %.0f",
            leases,
            kind.name().toLowerCase(Locale.ROOT),
            ours.p50Us(),
            ours.p99Us(),
            ours.perSecond(),
            theirs.p50Us()));
  }

  /** The figure of each kind is the worst over the numbers of leases. */
  private void conclude(Around around) {
    List<Finding> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      double worst =
          netlink.values().stream()
              .mapToDouble(times -> of(times, kind).p50Us())
              .max()
              .orElseThrow();
      all.add(
          new Finding(
              name + "P50Us", name + ", p50 of the worst number", worst, "us", Goal.atMost(30)));
    }
    double ratio =
        netlink.keySet().stream()
            .mapToDouble(leases -> sum(spawned, leases) / sum(netlink, leases))
            .min()
            .orElseThrow();
    all.add(
        new Finding("spawnToNetlink", "spawning nft / netlink, p50", ratio, "", Goal.atLeast(100)));
    double growth = sum(netlink, effort.leases().getLast()) / sum(netlink, 0);
    all.add(
        new Finding(
            "costAt1MTo0", "cost with most leases / with none", growth, "", Goal.atMost(1.2)));
    all.addAll(findings);
    all.addAll(around.findings());
    findings.clear();
    findings.addAll(all);
    findings.forEach(finding -> told.accept(finding.line()));
  }

  private static Times of(Map<Kind, Times> times, Kind kind) {
    return Objects.requireNonNull(times.get(kind));
  }

  private static double sum(Map<Integer, Map<Kind, Times>> times, int leases) {
    return Objects.requireNonNull(times.get(leases)).values().stream()
        .mapToDouble(Times::p50Us)
        .sum();
  }

  private static NftablesConfig config(Lab lab) {
    return NftablesConfig.of(
            new NftablesConfig.Devices(
                List.of(LabAddresses.UE_DEVICE),
                List.of(AnchorSite.A.device(), AnchorSite.B.device())),
            List.of(ServiceEndpoint.of(LabAddresses.SERVICE, "UDP", Steps.PORT)),
            List.of(
                new NextHop(InetAddress.ofLiteral(AnchorSite.A.address()), 1),
                new NextHop(InetAddress.ofLiteral(AnchorSite.B.address()), 2)))
        .withCommandPrefix(lab.upf().commandPrefix());
  }
}
