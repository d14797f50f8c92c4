package io.aipaging.aipf.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.world.Faults.Moment;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.SessionId;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lease-protocol §5, Recover: a SIGKILL of the AIPF at every step of a comparison. */
class RecoverCrashTest {
  private final World world = new World();
  private final Strays strays = new Strays(world);
  private final Session session = world.paged();
  private final SessionId id = session.id();

  static Stream<Moment> everyStep() {
    return Stream.concat(
        Stream.of(new Moment("store.list", false), new Moment("store.find", false)),
        Moment.around(
            "gate.listGrants",
            "anchor-a.listLeases",
            "qos.list",
            "gate.applyCommits",
            "anchor-a.applySERVE",
            "anchor-b.applyEND",
            "qos.delete",
            "qos.create",
            "qos.confirm",
            "store.QOS_REPORTED"));
  }

  /** Everybody has lost what he should hold, and holds what he should not. */
  @BeforeEach
  void everythingIsWrong() {
    world.gate.restart();
    world.gate.plant(strays.serve(Strays.NOBODY, "lease-stray-1", 7, "10.45.9.9"));
    world.anchors.get("anchor-a").restart();
    world
        .anchors
        .get("anchor-b")
        .plant(strays.serve(Strays.NOBODY, "lease-stray-2", 8, "10.45.9.9"));
    world.qos.forget();
    strays.bindQos();
  }

  @ParameterizedTest
  @MethodSource("everyStep")
  void theNextComparisonPutsRightWhatIsLeft(Moment moment) {
    world.faults.at(moment, world::die);
    assertThat(catchThrowable(world::reconcile)).as("the step was never reached").isNotNull();
    world.faults.heal();
    World next = world.restarted();
    next.reconcile();
    Lease.Serving serving = ((Active) next.session(id).state()).serving();
    assertThat(next.gate.grants()).containsExactly(serving.commit().commit());
    assertThat(serving).as("nothing was signed anew").isEqualTo(session.state().live().getFirst());
    assertThat(next.anchors.get("anchor-a").roleOf(serving.id())).isEqualTo(CommitRole.SERVE);
    assertThat(next.anchors.get("anchor-b").slotsHeld()).isZero();
    assertThat(next.qos.bindings()).containsOnlyKeys(session.facts().bindingRef());
    assertThat(next.qos.bindings().get(session.facts().bindingRef()).state())
        .isEqualTo("CONFIRMED");
    assertThat(next.evidence(id)).hasSize((int) next.session(id).version());
  }
}
