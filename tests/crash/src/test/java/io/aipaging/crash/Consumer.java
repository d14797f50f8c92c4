package io.aipaging.crash;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages, renews, moves, reads and releases sessions of its own UEs as its seed says, and repeats
 * what is not answered. What it is told goes into the ledger.
 */
final class Consumer implements Runnable {
  private static final Duration ANSWER_TIME = Duration.ofSeconds(90);
  private static final int LONG_SEC = 600;
  private static final int SHORT_SEC = 10;
  private final Random random;
  private final Doors doors;
  private final Ledger ledger;
  private final List<Place> places;
  private final BooleanSupplier goesOn;

  /** One UE, and what this consumer has there. */
  private static final class Place {
    private final String ue;
    private @Nullable String session;

    private Place(String ue) {
      this.ue = ue;
    }
  }

  /**
   * A consumer.
   *
   * @param random what it does
   * @param ues its UEs, nobody else's
   * @param goesOn asked between two operations
   */
  Consumer(Random random, Doors doors, Ledger ledger, List<String> ues, BooleanSupplier goesOn) {
    this.random = random;
    this.doors = doors;
    this.ledger = ledger;
    this.places = ues.stream().map(Place::new).toList();
    this.goesOn = goesOn;
  }

  @Override
  public void run() {
    while (goesOn.getAsBoolean()) {
      Place place = places.get(random.nextInt(places.size()));
      try {
        act(place);
      } catch (Refusal e) {
        ledger.fault(
            "UE %s was answered %d %s (%s)"
                .formatted(place.ue, e.status(), e.problemCause(), e.detail()));
        place.session = null;
      }
      LockSupport.parkNanos(5_000_000L + random.nextInt(120_000_000));
    }
  }

  private void act(Place place) {
    String session = place.session;
    if (session == null) {
      page(place);
      return;
    }
    int choice = random.nextInt(100);
    if (choice < 30) {
      change(place, "renew", id -> renew(id));
    } else if (choice < 60) {
      change(place, "move", id -> move(id));
    } else if (choice < 75) {
      release(place, session);
    } else {
      read(place, session);
    }
  }

  private void page(Place place) {
    String key = "key-" + Long.toHexString(random.nextLong());
    int length = random.nextInt(8) == 0 ? SHORT_SEC : LONG_SEC;
    CreateSession wish = Pages.wish(place.ue, length);
    Instant asked = Instant.now();
    long end = System.nanoTime() + ANSWER_TIME.toNanos();
    while (goesOn.getAsBoolean()) {
      try {
        var call = Neighbours.call().withIdempotencyKey(key);
        Session session = doors.any().createSession(call, wish);
        ledger.paged(key, wish, session, asked);
        place.session = session.sessionId();
        return;
      } catch (Refusal e) {
        if (Doors.kept(e)) {
          ledger.refused(key, wish, e);
          return;
        }
        boolean inUse = e.problemCause().equals("FLOW_IN_USE"); // by what it gave up or released
        if (!inUse && !Doors.passing(e) || System.nanoTime() > end) {
          throw e;
        }
      }
      LockSupport.parkNanos(20_000_000L + random.nextInt(80_000_000));
    }
  }

  private interface Change {
    Session of(String session);
  }

  /** A change that is refused because of the session's state needs a look at the session. */
  private void change(Place place, String name, Change change) {
    String session = String.valueOf(place.session);
    Told before = ledger.of(session).orElseThrow();
    Instant asked = Instant.now();
    try {
      ledger.judge(name, before, Optional.of(change.of(session)), asked);
    } catch (Refusal e) {
      if (e.status() != 409 && e.status() != 404) {
        throw e;
      }
      ledger.count(name + " refused " + e.detail());
      read(place, session);
    }
  }

  private Session renew(String session) {
    RenewSession wish = new RenewSession(session, LONG_SEC);
    return doors.answer(ANSWER_TIME, (aipf, call) -> aipf.renewSession(call, wish));
  }

  private Session move(String session) {
    RelocateSession wish = new RelocateSession(session, null);
    var moved = doors.answer(ANSWER_TIME, (aipf, call) -> aipf.relocateSession(call, wish));
    ledger.count(moved.outcome());
    return moved.session();
  }

  private void release(Place place, String session) {
    ledger.asksEnd(session);
    place.session = null;
    doors.answer(
        ANSWER_TIME, (aipf, call) -> aipf.releaseSession(call, new ReleaseSession(session)));
    ledger.ended(session);
  }

  private void read(Place place, String session) {
    Told before = ledger.of(session).orElseThrow();
    Instant asked = Instant.now();
    Optional<Session> seen = doors.find(ANSWER_TIME, session);
    ledger.judge("read", before, seen, asked);
    if (seen.filter(Told::live).isEmpty()) {
      place.session = null;
    }
  }
}
