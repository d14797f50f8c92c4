package io.aipaging.simulation.world;

import io.aipaging.aipf.lease.Session;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;
import io.aipaging.openapi.paging.DrainAnchor;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.RevokeSessions;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.network.Remotes;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everybody but apps who wants something: operators who drain anchors and take sessions away, a
 * core that tells of UEs that moved and of QoS that stands otherwise.
 */
final class Operators {
  private static final String OPERATOR = "operator";
  private final World world;
  private final Chance chance;
  private final Timeline timeline;
  private final Life life;

  Operators(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
    this.timeline = world.basis().timeline();
    this.life = world.stranger(OPERATOR).begin();
  }

  /** Schedules everything they will want. */
  void begin() {
    int wishes = chance.hit(0.4) ? 0 : chance.below(10);
    for (int i = 0; i < wishes; i++) {
      timeline.after(chance.between(Duration.ofSeconds(1), Climate.ACTIVE), null, this::wish);
    }
  }

  private void wish() {
    Runnable work =
        switch (chance.below(10)) {
          case 0, 1, 2 -> () -> drain(anchor());
          case 3, 4 -> this::revoke;
          case 5, 6 -> this::move;
          case 7 -> this::changePath;
          default -> this::report;
        };
    var _ = timeline.start(life, work);
  }

  private String anchor() {
    return chance.pick(List.copyOf(world.anchors().values())).node().name();
  }

  private void drain(String anchor) {
    ask("drains " + anchor, () -> paging().drainAnchor(call(), new DrainAnchor(anchor, true)));
    timeline.sleep(chance.between(Duration.ofSeconds(1), Duration.ofSeconds(15)).toNanos());
    ask("undrains " + anchor, () -> paging().drainAnchor(call(), new DrainAnchor(anchor, false)));
  }

  private void revoke() {
    String reason = chance.hit(0.5) ? "OPERATOR" : "POLICY";
    ask("revokes", () -> paging().revokeSessions(call(), wanted(reason)));
  }

  private RevokeSessions wanted(String reason) {
    return switch (chance.below(5)) {
      case 0 -> new RevokeSessions(null, anchor(), null, null, null, reason);
      case 1 -> new RevokeSessions(null, null, Clients.AF, null, null, reason);
      case 2 -> new RevokeSessions(null, null, null, aisi(), null, reason);
      case 3 -> new RevokeSessions(null, null, null, null, true, reason);
      default -> new RevokeSessions(session().id().value(), null, null, null, null, reason);
    };
  }

  private Session session() {
    List<Session> alive = world.store().alive();
    if (alive.isEmpty()) {
      throw Refusal.of(404, "SESSION_NOT_FOUND", "there is none now");
    }
    return chance.pick(alive);
  }

  private String aisi() {
    return session().facts().service().aisi().toString();
  }

  private void move() {
    String ue = "10.45.0." + (1 + chance.below(Clients.UES));
    String dnai = "dnai-" + anchor();
    ask(
        ue + " moves to " + dnai,
        () -> events().reportUeMoved(call(), new ReportUeMoved(ue, dnai)));
  }

  /** A core that is answered, and goes on or thinks better of it. */
  private void changePath() {
    List<Session> alive = world.store().alive();
    if (alive.isEmpty()) {
      return;
    }
    Session session = chance.pick(alive);
    String ue = session.facts().subscriber().ue().toString();
    ServiceEndpoint at = session.facts().service().address();
    ServiceAddress service =
        new ServiceAddress(at.address().getHostAddress(), at.protocol().name(), at.port());
    String dnai = "dnai-" + anchor();
    for (String stage : List.of("EARLY", "LATE")) {
      ask(
          stage + " " + ue + " to " + dnai,
          () -> events().followPathChange(call(), new FollowPathChange(ue, service, dnai, stage)));
      timeline.sleep(chance.between(Duration.ofMillis(1), Duration.ofSeconds(4)).toNanos());
      if (chance.hit(0.2)) {
        return;
      }
    }
  }

  private void report() {
    ask(
        "the core reports",
        () -> {
          String status = chance.pick(List.of("GUARANTEED", "NOT_GUARANTEED", "TERMINATED"));
          String binding = session().facts().bindingRef();
          return events().reportQosBinding(call(), new ReportQosBinding(binding, status, null));
        });
  }

  private void ask(String what, Supplier<Object> question) {
    say(what);
    try {
      var _ = question.get();
    } catch (Refusal e) {
      say("refused: " + e.status() + " " + e.problemCause());
    }
  }

  private NaipfPaging paging() {
    return Remotes.of(
        NaipfPaging.class, world.basis().network(), life, chance.pick(world.replicas()).node());
  }

  private NaipfEvents events() {
    return Remotes.of(
        NaipfEvents.class, world.basis().network(), life, chance.pick(world.replicas()).node());
  }

  private Call call() {
    return Call.within(OPERATOR, life.node().clock().instant(), Duration.ofSeconds(4));
  }

  private void say(String what) {
    world.basis().trace().say(OPERATOR, () -> what);
  }
}
