package io.aipaging.eval.enforcement;

import io.aipaging.eval.Child;
import io.aipaging.eval.Commits;
import io.aipaging.eval.Echo;
import io.aipaging.eval.Mode;
import io.aipaging.eval.Site;
import io.aipaging.eval.enforcement.Case.Controller;
import io.aipaging.lab.AnchorSite;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Leases that run out at a kernel gate whose adapter lives, stands still or is dead. */
public final class Enforcement {
  static final long MARGIN_MS = 50;

  /** How much earlier than its margin a gate may close. */
  static final long TOLERANCE_MS = 10;

  private static final int REPEATS_AT_ONCE = 2;
  private static final Duration TERM = Duration.ofMillis(1_500);
  private static final Duration AFTERWARDS = Duration.ofMillis(300);

  private final Site site;
  private int leases;

  private Enforcement(Site site) {
    this.site = site;
  }

  /**
   * Runs the experiment; needs root.
   *
   * @param folder for keys and journals; exists
   * @param rounds how often each of the 24 cases is tried, twice at once each time
   * @param told each line for people as soon as there is one
   */
  public static EnforcementResult run(Path folder, int rounds, Consumer<String> told)
      throws Exception {
    List<Run.Outcome> outcomes = new ArrayList<>();
    long leaked = 0;
    try (Site site = Site.open(folder);
        Echo a = new Echo(site.anchor(AnchorSite.A));
        Echo b = new Echo(site.anchor(AnchorSite.B))) {
      var _ = a.insistent().datagrams(Site.service()).streams(Site.service());
      var _ =
          b.insistent()
              .datagrams(Mode.DNAT.anchor(AnchorSite.B))
              .streams(Mode.DNAT.anchor(AnchorSite.B));
      Enforcement enforcement = new Enforcement(site);
      for (int round = 0; round < rounds; round++) {
        for (Controller controller : Controller.values()) {
          leaked += enforcement.wave(controller, outcomes);
        }
        told.accept("%d expiries".formatted(outcomes.size()));
      }
    }
    EnforcementResult result = EnforcementResult.of(outcomes, leaked, MARGIN_MS);
    result.lines(outcomes).forEach(told);
    return result;
  }

  /** Runs that share a gate process and expire together; how many packets leaked. */
  private long wave(Controller controller, List<Run.Outcome> outcomes) throws Exception {
    List<Run> runs = new ArrayList<>();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < REPEATS_AT_ONCE; i++) {
      cases.addAll(Case.of(controller));
    }
    List<String> ues = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      ues.add(site.newUe());
    }
    Watches.Seen seen;
    try (Child gate = site.startGate(MARGIN_MS);
        Watches watches = new Watches(site)) {
      Instant exp = Instant.now().plus(TERM).truncatedTo(ChronoUnit.MILLIS);
      for (int i = 0; i < cases.size(); i++) {
        Run run = new Run(cases.get(i), ues.get(i), lease(cases.get(i), ues.get(i)), exp);
        gate.tell(site.commits().serve(run.lease(), 1, exp));
        runs.add(run);
      }
      switch (controller) {
        case ALIVE -> {}
        case SUSPENDED -> gate.suspend();
        case KILLED -> gate.kill();
      }
      send(runs, exp.plus(AFTERWARDS));
      seen = watches.stop();
    }
    for (Run run : runs) {
      outcomes.add(run.outcome(seen));
    }
    return seen.leaked();
  }

  private Commits.Lease lease(Case what, String ue) {
    leases++;
    AnchorSite anchor = what.mode() == Mode.ROUTE ? AnchorSite.A : AnchorSite.B;
    return new Commits.Lease(
        "lease-%08d".formatted(leases),
        "session-%08d".formatted(leases),
        anchor.id(),
        TransportAddress.parse(what.mode().anchor(anchor) + ":" + Site.PORT),
        Commits.flow(ue, what.transport().name()));
  }

  private void send(List<Run> runs, Instant end) throws Exception {
    List<FutureTask<Boolean>> sending = new ArrayList<>();
    for (Run run : runs) {
      Sender sender = new Sender(run.ue(), run.what().transport(), run.what().age());
      Callable<Boolean> inside =
          () -> {
            sender.sendUntil(end);
            return true;
          };
      FutureTask<Boolean> task = new FutureTask<>(() -> site.lab().ue().call(inside));
      Thread.ofPlatform().daemon().start(task);
      sending.add(task);
    }
    for (FutureTask<Boolean> task : sending) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IOException("a sender failed", e);
      }
    }
  }
}
