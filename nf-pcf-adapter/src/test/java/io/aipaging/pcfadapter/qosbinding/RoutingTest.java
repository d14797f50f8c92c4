package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Updated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Routes of bindings' flows: said once, kept up with the session's end, gone with the binding. */
class RoutingTest extends ServiceFixture {
  private static final String URI = "http://192.0.2.20:8095/nsmfadapter-callbacks/v1/up-path/n";
  private static final String NOTIF_ID = "q83vEjRWeJq83vEj";
  private static final Instant END = START.plusSeconds(600);

  private static RouteQosBinding wanted(String dnai) {
    return new RouteQosBinding("b1", dnai, "MEC1", URI, NOTIF_ID, 5);
  }

  private QosBinding route(String dnai) {
    return service.routeQosBinding(call(), wanted(dnai));
  }

  private void confirm(Instant end) {
    service.confirmQosBinding(call(), new ConfirmQosBinding("b1", end));
  }

  private void confirmed() {
    create("b1");
    confirm(END);
  }

  private AppSessionTerms kept() {
    return core.routes.get("app-1");
  }

  private long routed() {
    return core.calls.stream().filter(call -> call.startsWith("route")).count();
  }

  @Test
  void aRouteIsAskedForUntilTheSessionsEnd() {
    confirmed();
    assertThat(route("edge-a").state()).isEqualTo("CONFIRMED");
    assertThat(kept())
        .isEqualTo(new AppSessionTerms(new Route("edge-a", "MEC1", URI, NOTIF_ID, 5), END));
  }

  @Test
  void aCoreThatLetsGoByItselfIsToldTheSessionsEndAndItsNewOne() {
    core.endsByItself = true;
    confirmed();
    service.sweep();
    Eventually.holds("told", () -> kept() != null);
    assertThat(kept()).isEqualTo(new AppSessionTerms(null, END));
    confirm(END.plusSeconds(60));
    service.sweep();
    Eventually.holds("extended", () -> kept().until().equals(END.plusSeconds(60)));
    route("edge-a");
    assertThat(kept().route().dnai()).isEqualTo("edge-a");
    assertThat(routed()).isEqualTo(3);
  }

  @Test
  void aCoreThatDoesNotIsToldNothing() {
    confirmed();
    service.sweep();
    confirm(END.plusSeconds(60));
    service.sweep();
    assertThat(routed()).isZero();
  }

  @Test
  void aRouteTakesThePlaceOfTheOneBefore() {
    confirmed();
    route("edge-a");
    route("edge-b");
    assertThat(kept().route().dnai()).isEqualTo("edge-b");
    assertThat(core.sessions).hasSize(1);
  }

  @Test
  void itsEndFollowsTheSessionsAndNothingElseIsSaid() {
    create("b1");
    route("edge-a");
    assertThat(kept().until()).isEqualTo(START.plusSeconds(5));
    confirm(END);
    service.sweep();
    Eventually.holds("confirmed", () -> kept().until().equals(END));
    confirm(END.plusSeconds(60));
    service.sweep();
    Eventually.holds("extended", () -> kept().until().equals(END.plusSeconds(60)));
    assertThat(routed()).isEqualTo(3);
    now.set(START.plusSeconds(2));
    service.sweep();
    service.sweep();
    assertThat(routed()).isEqualTo(3);
  }

  /** Found by review: a core that takes its time must not be asked again meanwhile. */
  @Test
  void anEndIsSaidOnceHoweverLongTheCoreTakes() {
    confirmed();
    route("edge-a");
    core.mayAnswer = new CountDownLatch(1);
    confirm(END.plusSeconds(60));
    for (int second = 1; second <= 30; second++) {
      now.set(START.plusSeconds(second));
      service.sweep();
    }
    core.mayAnswer.countDown();
    Eventually.holds("extended", () -> kept().until().equals(END.plusSeconds(60)));
    now.set(START.plusSeconds(60));
    service.sweep();
    service.sweep();
    assertThat(routed()).isEqualTo(2);
  }

  /** Found by review: what the core keeps to is kept up. */
  @Test
  void aRefusedRouteLeavesTheOneBeforeAndItsEndFollowsTheSession() {
    confirmed();
    route("edge-a");
    core.onRoute = (_, _) -> new Updated.Refused("ROUT_REQ_NOT_AUTHORIZED");
    Assertions.assertThatThrownBy(() -> route("edge-b")).isInstanceOf(Refusal.class);
    core.onRoute = core::keep;
    confirm(END.plusSeconds(60));
    service.sweep();
    Eventually.holds("extended", () -> kept().until().equals(END.plusSeconds(60)));
    assertThat(kept().route().dnai()).isEqualTo("edge-a");
  }

  @Test
  void anEndThatTheCoreDidNotTakeIsSaidAgain() {
    confirmed();
    route("edge-a");
    core.onRoute = (_, _) -> new Updated.Failed(false, "by the test");
    confirm(END.plusSeconds(60));
    service.sweep();
    Eventually.holds("tried", () -> routed() == 2);
    core.onRoute = core::keep;
    service.sweep();
    assertThat(kept().until()).isEqualTo(END);
    now.set(START.plusSeconds(1));
    service.sweep();
    Eventually.holds("extended", () -> kept().until().equals(END.plusSeconds(60)));
  }

  /** Found by review: the answer to an older end must not settle a newer one. */
  @Test
  void anEndThatMovesWhileOneIsSaidIsSaid() {
    confirmed();
    route("edge-a");
    core.onRoute =
        (id, route) -> {
          core.onRoute = core::keep;
          confirm(END.plusSeconds(120));
          return core.keep(id, route);
        };
    confirm(END.plusSeconds(60));
    service.sweep();
    Eventually.holds("said", () -> kept().until().equals(END.plusSeconds(60)));
    service.sweep();
    Eventually.holds("said again", () -> kept().until().equals(END.plusSeconds(120)));
  }

  @Test
  void whatTheCoreDroppedIsRoutedAgainWhenItIsMadeAgain() {
    confirmed();
    route("edge-a");
    core.sessions.clear();
    assertRefused(
        () -> service.getQosBinding(call(), new GetQosBinding("b1")), 404, "BINDING_NOT_FOUND");
    service.sweep();
    create("b1");
    AppSessionOrder again = core.sessions.get("app-2");
    assertThat(again.route())
        .isEqualTo(
            new Route.Until(new Route("edge-a", "MEC1", URI, NOTIF_ID, 5), START.plusSeconds(5)));
  }

  @Test
  void aRouteEndsWithItsBinding() {
    confirmed();
    route("edge-a");
    service.deleteQosBinding(call(), new DeleteQosBinding("b1"));
    assertRefused(() -> route("edge-b"), 404, "BINDING_NOT_FOUND");
    service.sweep();
    now.set(START.plus(limits.endedKept()).plusSeconds(1));
    service.sweep();
    create("b1");
    assertThat(core.sessions.get("app-2").route()).isNull();
  }

  @Test
  void aRefusedRouteIsForgotten() {
    confirmed();
    core.onRoute = (_, _) -> new Updated.Refused("ROUT_REQ_NOT_AUTHORIZED");
    assertRefused(() -> route("edge-a"), 403, "ROUT_REQ_NOT_AUTHORIZED");
    confirm(END.plusSeconds(60));
    service.sweep();
    assertThat(routed()).isEqualTo(1);
  }

  @Test
  void aCoreThatHasItNoLongerHasDroppedIt() {
    confirmed();
    core.onRoute = (_, _) -> new Updated.Absent();
    assertRefused(() -> route("edge-a"), 404, "BINDING_NOT_FOUND");
    assertThat(observer.events).contains("ended b1 DROPPED_BY_CORE");
  }

  @Test
  void aCoreThatCannotIsNoRefusal() {
    confirmed();
    core.onRoute = (_, _) -> new Updated.Failed(true, "by the test");
    assertRefused(() -> route("edge-a"), 504, "TARGET_NF_NOT_REACHABLE");
    core.onRoute = (_, _) -> new Updated.Failed(false, "by the test");
    assertRefused(() -> route("edge-a"), 502, "INBOUND_SERVER_ERROR");
    core.onRoute =
        (_, _) -> {
          throw new IllegalStateException("by the test");
        };
    assertRefused(() -> route("edge-a"), 502, "INBOUND_SERVER_ERROR");
  }

  @Test
  void whatIsNotMadeIsNotRouted() {
    assertRefused(() -> route("edge-a"), 404, "BINDING_NOT_FOUND");
    assertThat(core.calls).isEmpty();
  }

  @Test
  void aCoreWithoutRoutesIsNeverAsked() {
    routes = false;
    service = newService();
    confirmed();
    assertRefused(() -> route("edge-a"), 403, "ROUT_REQ_NOT_AUTHORIZED");
    assertThat(routed()).isZero();
  }

  @Test
  void nonsenseIsNamedAndNeverReachesTheCore() {
    confirmed();
    for (RouteQosBinding wrong :
        List.of(
            new RouteQosBinding("b1", "edge a", "MEC1", URI, NOTIF_ID, 5),
            new RouteQosBinding("b1", "edge-a", "", URI, NOTIF_ID, 5),
            new RouteQosBinding("b1", "edge-a", "MEC1", "ftp://192.0.2.20/", NOTIF_ID, 5),
            new RouteQosBinding("b1", "edge-a", "MEC1", "http:///n", NOTIF_ID, 5),
            new RouteQosBinding("b1", "edge-a", "MEC1", URI, "short", 5),
            new RouteQosBinding("b1", "edge-a", "MEC1", URI, NOTIF_ID, 0))) {
      Assertions.assertThatThrownBy(() -> service.routeQosBinding(call(), wrong))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.status()).isEqualTo(400);
                assertThat(refusal.invalidParams()).hasSize(1);
              });
    }
    assertThat(routed()).isZero();
  }

  @Test
  void routesOfOnePduSessionWaitForEachOther() throws Exception {
    confirmed();
    core.mayAnswer = new CountDownLatch(1);
    Thread first = Thread.startVirtualThread(() -> route("edge-a"));
    Eventually.holds("asked", () -> routed() == 1);
    Thread second = Thread.startVirtualThread(() -> route("edge-b"));
    assertThat(second.join(Duration.ofMillis(50))).isFalse();
    assertThat(routed()).isEqualTo(1);
    core.mayAnswer.countDown();
    first.join();
    second.join();
    assertThat(kept().route().dnai()).isEqualTo("edge-b");
  }
}
