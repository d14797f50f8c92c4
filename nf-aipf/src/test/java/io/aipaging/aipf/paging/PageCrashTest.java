package io.aipaging.aipf.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.aipf.world.Faults.Moment;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Call;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R-09; lease-protocol §5, Page: what a SIGKILL at every step leaves to the next process. */
class PageCrashTest {
  private static final String UE = "10.45.0.2";
  private final World world = new World();
  private final Call call = world.call().withIdempotencyKey("key-1");

  static Stream<Moment> everyStep() {
    return Moment.around(
        "store.SESSION_PREPARING",
        "anchor-a.createHold",
        "qos.create",
        "store.LEASE_COMMITTED",
        "anchor-a.applySERVE",
        "gate.applyCommits",
        "qos.confirm",
        "gate.probeSTEERED",
        "store.SESSION_ACTIVE");
  }

  @ParameterizedTest
  @MethodSource("everyStep")
  void beforeItsDeadlineThePageIsFinishedAndARepeatGetsItsAnswer(Moment moment) {
    killed(moment);
    World next = world.restarted();
    next.settle();
    next.upkeepUntil(() -> noneUnderWay(next), Duration.ofSeconds(3));
    Session session = ((Paged) next.pages.page(call, World.request(UE))).session();
    assertThat(sessions(next)).containsExactly(session);
    assertThat(session.state()).isInstanceOf(SessionState.Active.class);
    assertThat(session.token()).isNotNull();
    assertThat(next.gate.serving(session.id())).containsExactly("anchor-a");
    assertThat(next.evidenceTypes(session.id())).endsWith("SESSION_ACTIVE");
    next.clock.advance(next.terms.holdTtl());
    assertThat(next.anchors.get("anchor-a").slotsHeld()).isEqualTo(1);
    assertThat(next.qos.bindings()).hasSize(1);
  }

  @ParameterizedTest // L5.37
  @MethodSource("everyStep")
  void afterItsDeadlineThePageIsEndedAndNothingIsLeft(Moment moment) {
    killed(moment);
    world.clock.advance(Duration.ofSeconds(6));
    World next = world.restarted();
    next.settle();
    next.upkeepUntil(() -> noneUnderWay(next), Duration.ofSeconds(3));
    for (Session session : sessions(next)) {
      if (session.state() instanceof SessionState.Active) {
        assertThat(moment).isEqualTo(new Moment("store.SESSION_ACTIVE", true));
        return; // the page was over, only its answer was lost
      }
      assertThat(((SessionState.Rejected) session.state()).cause().reason())
          .isEqualTo(EndReason.DEADLINE_EXCEEDED);
    }
    next.expectNothingHeld();
  }

  private void killed(Moment moment) {
    world.faults.at(moment, world::die);
    Throwable killed = catchThrowable(() -> world.pages.page(call, World.request(UE)));
    assertThat(killed).as("the step was never reached").isInstanceOf(Error.class);
    world.faults.heal();
  }

  private static boolean noneUnderWay(World world) {
    return sessions(world).stream()
        .allMatch(s -> s.terminal() || s.state() instanceof SessionState.Active);
  }

  private static List<Session> sessions(World world) {
    return world.store.list(SessionQuery.ALL, 10, null).sessions();
  }
}
