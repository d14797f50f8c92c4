package io.aipaging.simulation.anchor;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.aexf.admission.AnchorLoad;
import io.aipaging.aexf.admission.AnchorProfile;
import io.aipaging.aexf.admission.LiveLeases;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.simulation.engine.Announcer;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Disk;
import io.aipaging.simulation.engine.Effects;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.engine.Turnstile;
import io.aipaging.simulation.engine.Witness;
import io.aipaging.simulation.variant.Variant;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An anchor: its agent comes and goes, its journal stays, its model server is well or not. */
public final class Anchorage {
  private final Node node;
  private final AnchorProfile profile;
  private final Surroundings around;
  private final Disk disk;
  private boolean healthy = true;
  private @Nullable AdmissionService admission;

  /** An anchor whose agent does not run yet. */
  public Anchorage(Node node, AnchorProfile profile, Surroundings around) {
    this.node = node;
    this.profile = profile;
    this.around = around;
    this.disk =
        new Disk(around.effects(), around.chance().split(), around.diskFails(), node::mishap);
  }

  /**
   * What an anchor works in.
   *
   * @param verifier believes COMMITs for its agent
   * @param skewBound how far clocks may differ
   * @param skewMargin how much earlier it stops
   * @param diskFails probability that a write of the journal fails
   * @param witness notes what its agent answers
   * @param opened told of every new life of its agent
   * @param announcer tells the AIPF of a start
   */
  public record Surroundings(
      Timeline timeline,
      Effects effects,
      Chance chance,
      CommitVerifier verifier,
      Duration skewBound,
      Duration skewMargin,
      double diskFails,
      Witness witness,
      BiConsumer<Anchorage, AdmissionService> opened,
      Announcer announcer,
      Variant variant) {}

  /** Its node; the name is its anchor id. */
  public Node node() {
    return node;
  }

  /** What it is. */
  public AnchorProfile profile() {
    return profile;
  }

  /** Whether its model server answers. */
  public boolean isHealthy() {
    return healthy;
  }

  /** From now on its model server answers or does not. */
  public void healthy(boolean is) {
    if (!is) {
      node.mishap();
    }
    healthy = is;
  }

  /** The service of the life under way, or null while it is dead or starting. */
  public @Nullable AdmissionService admission() {
    return node.isUp() ? admission : null;
  }

  /** Its machine loses power. */
  public void cutPower() {
    node.crash();
    disk.cutPower();
  }

  /** Its agent starts. */
  public void begin() {
    admission = null;
    Life life = node.begin();
    around.timeline().start(life, () -> open(life));
  }

  private void open(Life life) {
    EnforcerClock clock =
        new EnforcerClock(
            node.clock(), node.clock()::nanos, around.skewBound(), around.skewMargin());
    AnchorLoad load =
        new AnchorLoad() {
          @Override
          public boolean healthy() {
            return healthy;
          }

          @Override
          public int requestsInFlight() {
            return 0;
          }
        };
    Turnstile turnstile = new Turnstile(around.timeline());
    AdmissionService service =
        new AdmissionService(
            profile,
            around.verifier(),
            around.variant().enforcerClock(clock),
            new AdmissionService.Ports(
                around.variant().fenceJournal(new DiskFenceJournal(disk)),
                load,
                (delay, task) -> alarm(life, turnstile, delay, task)));
    admission = service;
    life.serve(LiveLeases.class, service);
    life.serve(AnchorLoad.class, load);
    around.opened().accept(this, service);
    NaexfAdmission turns = TurnBasedAdmission.of(NaexfAdmission.class, service, turnstile);
    life.serve(
        NaexfAdmission.class,
        around
            .witness()
            .of(NaexfAdmission.class, profile.enforcerId(), around.variant().admission(turns)));
    around.announcer().announce(life, profile.enforcerId(), "ANCHOR");
  }

  private void alarm(Life life, Turnstile turnstile, Duration delay, Runnable task) {
    around
        .timeline()
        .after(
            delay,
            life,
            () -> {
              var _ =
                  around
                      .timeline()
                      .start(
                          life,
                          () -> {
                            turnstile.enter();
                            task.run();
                            turnstile.leave();
                          });
            });
  }
}
