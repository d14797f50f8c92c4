package io.aipaging.bench.lease;

import io.aipaging.bench.Finding;
import io.aipaging.openapi.paging.GetSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * CPU per operation with very many live leases over that with few. The AIPF is the whole one, its
 * peers are in this process. What counts is the operation that suffers most.
 */
final class ScalePart implements Part {
  private static final double GOAL = 1.2;
  private static final int PAGES_DIVISOR = 4;
  private static final int READS_FACTOR = 4;
  private static final int ID_STRIDE = 7_919;
  private final Setting setting;
  private final Population population;
  private final AtomicLong pages = new AtomicLong();

  ScalePart(Setting setting, Population population) {
    this.setting = setting;
    this.population = population;
  }

  private interface Kind {
    Cost of(Population.Home home, long leases);
  }

  @Override
  public List<Finding> measure() {
    int count = setting.effort().operations();
    List<Finding> findings = new ArrayList<>();
    double worst = 0;
    worst =
        Math.max(
            worst, add(findings, "renew", "renewal", (home, n) -> home.renewals().renew(count)));
    worst =
        Math.max(
            worst,
            add(
                findings,
                "page",
                "page and release",
                (home, n) -> page(home, count / PAGES_DIVISOR)));
    worst =
        Math.max(
            worst,
            add(
                findings,
                "read",
                "read of a session",
                (home, n) -> read(home, n, count * READS_FACTOR)));
    String text =
        "cost per operation at " + setting.effort().leases() + " leases ÷ at " + Population.FEW;
    findings.add(new Finding("costAt1MTo1k", text, worst, "", Finding.Goal.atMost(GOAL)));
    return findings;
  }

  private double add(List<Finding> findings, String name, String text, Kind kind) {
    for (int warm = setting.effort().warmUp(); warm > 0; warm -= setting.effort().operations()) {
      var _ = many(kind);
      var _ = few(kind);
    }
    Pairs pairs = Pairs.of(setting.effort().rounds(), () -> many(kind), () -> few(kind));
    double ratio = pairs.ratio(Cost::cpuMicros);
    findings.add(
        Finding.of(
            name + "CpuAt1k",
            "CPU of a " + text + ", " + Population.FEW + " leases",
            pairs.theirs(Cost::cpuMicros),
            "µs"));
    findings.add(
        Finding.of(
            name + "CpuAt1M",
            "the same, " + setting.effort().leases() + " leases",
            pairs.ours(Cost::cpuMicros),
            "µs"));
    findings.add(Finding.of(name + "At1MTo1k", "ratio", ratio, ""));
    return ratio;
  }

  private Cost many(Kind kind) {
    return kind.of(population.many(), setting.effort().leases());
  }

  private Cost few(Kind kind) {
    return kind.of(population.few(), Population.FEW);
  }

  private Cost page(Population.Home home, int count) {
    home.aipf().awaitService();
    return Cost.of(
        () ->
            Crowd.doing(
                count,
                Setting.AT_ONCE,
                number -> {
                  String ue = Seeds.pagedUe(pages.getAndIncrement());
                  home.aipf().release(home.aipf().page(ue));
                }));
  }

  private static Cost read(Population.Home home, long leases, int count) {
    return Cost.of(
        () ->
            Crowd.doing(
                count,
                Setting.AT_ONCE,
                number -> {
                  String id = Seeds.id(number * ID_STRIDE % leases).value();
                  var _ = home.aipf().paging().getSession(home.aipf().call(), new GetSession(id));
                }));
  }
}
