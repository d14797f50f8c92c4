package io.aipaging.crash;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what was told with store, enforcers and PCF, during the load and after it. */
final class Inspection {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int SAMPLE = 24;
  private static final Duration RECENT = Duration.ofMinutes(4);
  private final Neighbours neighbours;
  private final Doors doors;
  private final Ledger ledger;
  private final Random random;
  private final Strays strays;

  /**
   * An inspection.
   *
   * @param random which samples it takes
   * @param allowed how long an enforcer may hold what nobody knows
   */
  Inspection(Neighbours neighbours, Doors doors, Ledger ledger, Random random, Duration allowed) {
    this.neighbours = neighbours;
    this.doors = doors;
    this.ledger = ledger;
    this.random = random;
    this.strays = new Strays(allowed);
  }

  /** All that can be said while consumers are at work. */
  void underLoad() {
    Map<String, Session> store = compareStore();
    compareEnforcers(store);
    repeatPages();
    readEvidence(sample(new ArrayList<>(ledger.all().values())));
    ledger.count("inspection");
  }

  private <T> List<T> sample(List<T> all) {
    Collections.shuffle(all, random);
    return all.subList(0, Math.min(SAMPLE, all.size()));
  }

  /** Enforcers are asked before the store, so that everything they hold must be in it. */
  private Map<String, Session> compareStore() {
    Map<String, Told> before = ledger.all();
    Instant asked = Instant.now();
    Map<String, Session> seen = doors.all(PATIENCE);
    before.forEach(
        (id, told) -> ledger.judge("listed", told, Optional.ofNullable(seen.get(id)), asked));
    doubles(seen);
    return seen;
  }

  /** A list is not of one instant: two that seem to own a flow are looked at again. */
  private void doubles(Map<String, Session> seen) {
    Map<String, Session> owners = new HashMap<>();
    for (Session session : seen.values()) {
      if (!Told.terminal(session)) {
        Session other = owners.put(session.ueAddress(), session);
        if (other != null && unfinished(other) && unfinished(session) && unfinished(other)) {
          ledger.fault("one flow has two sessions: " + other + " and " + session);
        }
      }
    }
  }

  private boolean unfinished(Session session) {
    return doors.find(PATIENCE, session.sessionId()).filter(now -> !Told.terminal(now)).isPresent();
  }

  private void compareEnforcers(Map<String, Session> older) {
    List<Held> held = neighbours.held();
    Map<String, Session> store = new HashMap<>(older);
    for (String id : new TreeSet<>(held.stream().map(Held::session).toList())) {
      doors.find(PATIENCE, id).ifPresentOrElse(s -> store.put(id, s), () -> store.remove(id));
    }
    Held.faults(held, store).forEach(ledger::fault);
    held.forEach(ledger::obeyed);
    List<String> straying =
        Stream.concat(Held.strays(held, store).stream(), Held.superseded(held).stream())
            .map(Held::id)
            .distinct()
            .toList();
    strays.note(straying, Instant.now()).forEach(ledger::fault);
    ledger.count("enforcers compared");
  }

  /** The same key gives the same answer: one that may tell how the session was then. */
  private void repeatPages() {
    List<Ledger.Page> recent = new ArrayList<>(ledger.pagesSince(Instant.now().minus(RECENT)));
    for (Ledger.Page page : sample(recent)) {
      try {
        Session session =
            doors.answer(
                PATIENCE,
                (aipf, call) ->
                    aipf.createSession(call.withIdempotencyKey(page.key()), page.wish()));
        ledger.repeated(page, new Ledger.PageEnd.Begun(session.sessionId()));
        ledger.tell("page repeated", session, page.at());
      } catch (Refusal e) {
        ledger.repeated(page, new Ledger.PageEnd.Refused(e.status(), e.problemCause()));
      }
    }
  }

  private void readEvidence(List<Told> told) {
    for (Told each : told) {
      Judge.evidence(each, doors.evidence(PATIENCE, each.session())).forEach(ledger::fault);
      ledger.count("evidence read");
    }
  }

  /** When nobody asks for anything any more: everybody agrees, then everything goes. */
  void afterLoad() throws Exception {
    awaitSettled();
    awaitAgreement();
    compareStore();
    readEvidence(List.copyOf(ledger.all().values()));
    releaseAll();
    awaitNothingLeft();
    compareStore();
  }

  private void awaitSettled() throws Exception {
    Await.until(PATIENCE, () -> "sessions at rest: " + unsettled(), () -> unsettled().isEmpty());
  }

  private List<String> unsettled() {
    return doors.all(PATIENCE).values().stream()
        .filter(s -> !Told.terminal(s) && !s.state().equals("ACTIVE"))
        .map(s -> s.sessionId() + " " + s.state())
        .toList();
  }

  /** Every enforcer holds exactly what the store says, and the PCF one binding per session. */
  private void awaitAgreement() throws Exception {
    Await.until(PATIENCE, () -> "agreement: " + disagreement(), () -> disagreement().isEmpty());
  }

  private List<String> disagreement() {
    List<Held> held = neighbours.held();
    Map<String, Session> store = doors.all(PATIENCE);
    Held.faults(held, store).forEach(ledger::fault);
    Stream<String> unknown = Held.strays(held, store).stream().map(each -> "unknown: " + each);
    Stream<String> missing =
        store.values().stream()
            .filter(Told::live)
            .filter(session -> !steered(session, held))
            .map(session -> "not steered: " + session.sessionId() + " " + session.leases());
    return Stream.concat(unknown, missing).toList();
  }

  private static boolean steered(Session session, List<Held> held) {
    return Told.newestServing(session)
        .filter(
            lease ->
                held.stream()
                        .filter(each -> each.lease().equals(lease.leaseId()))
                        .filter(each -> each.gen() == lease.gen())
                        .count()
                    == 2)
        .isPresent();
  }

  private void releaseAll() {
    for (Session session : doors.all(PATIENCE).values()) {
      if (Told.live(session)) {
        ledger.asksEnd(session.sessionId());
        doors.answer(
            PATIENCE,
            (aipf, call) -> aipf.releaseSession(call, new ReleaseSession(session.sessionId())));
        ledger.ended(session.sessionId());
      }
    }
  }

  private void awaitNothingLeft() throws Exception {
    awaitSettled();
    Await.until(
        PATIENCE, () -> "empty enforcers: " + neighbours.held(), () -> neighbours.held().isEmpty());
    Await.until(PATIENCE, "no app session at the PCF", () -> neighbours.boundUes().isEmpty());
  }
}
