package io.aipaging.simulation.world;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.network.Remotes;
import io.aipaging.simulation.observer.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Apps that page, extend, move and release, and hold the AIPF to what it told them. */
final class Clients {
  private static final String CONSUMER = "nef-1";

  /** UEs: 10.45.0.1 and so on. */
  static final int UES = 5;

  /** The application function that pages. */
  static final String AF = "af-1";

  private static final int TRIES_MAX = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private final World world;
  private final Chance chance;
  private final Verdict verdict;
  private final Timeline timeline;
  private final Life life;
  private final List<Account> accounts = new ArrayList<>();
  private int pages;

  Clients(World world, Chance chance, Verdict verdict) {
    this.world = world;
    this.chance = chance;
    this.verdict = verdict;
    this.timeline = world.basis().timeline();
    this.life = world.stranger("app").begin();
  }

  /** Schedules everything they will want. */
  void begin() {
    int wishes = 8 + chance.below(24);
    for (int i = 0; i < wishes; i++) {
      Duration at =
          i < 3
              ? chance.between(Duration.ZERO, Duration.ofSeconds(2))
              : chance.between(Duration.ZERO, Climate.ACTIVE);
      timeline.after(at, null, this::wish);
    }
  }

  private void wish() {
    int what = chance.below(100);
    Account account = known();
    if (account == null || what < 40) {
      start(this::page);
    } else if (what < 48) {
      start(() -> page(chance.pick(accounts)));
    } else if (what < 60) {
      start(() -> extend(account));
    } else if (what < 80) {
      start(() -> relocate(account));
    } else if (what < 95) {
      start(() -> release(account));
    } else {
      start(() -> read(account));
    }
  }

  private void start(Runnable work) {
    var _ = timeline.start(life, work);
  }

  /** Everything is given back. */
  void releaseAll() {
    accounts.stream()
        .filter(account -> account.session() != null)
        .forEach(account -> start(() -> release(account)));
  }

  private @Nullable Account known() {
    List<Account> known = accounts.stream().filter(one -> one.session() != null).toList();
    return known.isEmpty() ? null : chance.pick(known);
  }

  private void page() {
    String ue = "10.45.0." + (1 + chance.below(UES));
    Integer duration = chance.hit(0.5) ? null : 10 + chance.below(20);
    Intent intent = new Intent(null, chance.pick(Offer.TASKS), null, null, null, null, null);
    Account account =
        new Account(
            "key-" + ++pages,
            new CreateSession(AF, new Ue(ue, "internet", null, null), intent, null, duration));
    accounts.add(account);
    page(account);
  }

  private void page(Account account) {
    for (int attempt = 1; ; attempt++) {
      try {
        Session session =
            someReplica()
                .createSession(call().withIdempotencyKey(account.key()), account.request());
        told(account, session);
        return;
      } catch (Refusal e) {
        say(account.key() + " refused: " + e.status() + " " + e.problemCause());
        if (e.status() < 500 || attempt == TRIES_MAX) {
          return;
        }
      }
      timeline.sleep(BETWEEN_TRIES.toNanos());
    }
  }

  private void told(Account account, Session session) {
    String before = account.session();
    say(account.key() + " is " + session.sessionId() + " " + session.state());
    if (before != null && !before.equals(session.sessionId())) {
      verdict.violated(
          "idempotency", account.key() + " is " + before + " and " + session.sessionId());
    }
    account.session(session.sessionId());
    if (world.store().rows().find(id(session.sessionId())).isEmpty()) {
      verdict.violated("5 durable", "a client knows " + session.sessionId() + ", nobody else does");
    }
  }

  private static io.aipaging.protocol.SessionId id(String text) {
    return new io.aipaging.protocol.SessionId(text);
  }

  private void extend(Account account) {
    ask(
        account,
        (replica, session) ->
            replica.renewSession(call(), new RenewSession(session, 10 + chance.below(20))));
  }

  private void relocate(Account account) {
    String target = chance.hit(0.7) ? null : "anchor-" + (char) ('a' + chance.below(4));
    ask(
        account,
        (replica, session) ->
            replica.relocateSession(call(), new RelocateSession(session, target)));
  }

  private void release(Account account) {
    for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
      if (ask(account, (replica, id) -> replica.releaseSession(call(), new ReleaseSession(id)))) {
        return;
      }
    }
  }

  private void read(Account account) {
    ask(account, (replica, session) -> replica.getSession(call(), new GetSession(session)));
  }

  @FunctionalInterface
  private interface Question {
    Object of(NaipfPaging replica, String session);
  }

  private boolean ask(Account account, Question question) {
    String session = account.session();
    if (session == null) {
      return true;
    }
    try {
      var _ = question.of(someReplica(), session);
      return true;
    } catch (Refusal e) {
      say(session + " refused: " + e.status() + " " + e.problemCause());
      if (e.problemCause().equals("SESSION_NOT_FOUND")) {
        verdict.violated("5 durable", session + " was acknowledged and is not known");
      }
      return e.status() < 500;
    }
  }

  private NaipfPaging someReplica() {
    var replica = chance.pick(world.replicas());
    return Remotes.of(NaipfPaging.class, world.basis().network(), life, replica.node());
  }

  private Call call() {
    Duration patience =
        chance.hit(0.1)
            ? chance.between(Duration.ofMillis(50), Duration.ofSeconds(1))
            : chance.between(Duration.ofSeconds(2), Duration.ofSeconds(6));
    return Call.within(CONSUMER, life.node().clock().instant(), patience);
  }

  private void say(String what) {
    world.basis().trace().say("app", () -> what);
  }
}
