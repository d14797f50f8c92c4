package io.aipaging.crash;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.EvidenceList;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The replicas of an AIPF Set as a consumer knows them: any will do, and who is silent is passed
 * by.
 */
final class Doors {
  private static final long PAUSE_NANOS = 50_000_000;
  private static final int LISTED = 100;
  private final List<NaipfPaging> replicas;
  private final AtomicInteger turn = new AtomicInteger();

  Doors(List<NaipfPaging> replicas) {
    this.replicas = List.copyOf(replicas);
  }

  /** A question to one replica. */
  interface Question<R> {
    R ask(NaipfPaging replica, Call call);
  }

  /** The next replica, whether it lives or not. */
  NaipfPaging any() {
    return replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size()));
  }

  /** Whether the same question may be answered soon. */
  static boolean passing(Refusal refusal) {
    return !kept(refusal) && (refusal.status() == 503 || refusal.status() == 504);
  }

  /** Whether the refusal is of a page that had begun, so that its key always gets this answer. */
  static boolean kept(Refusal refusal) {
    return refusal.detail().startsWith("The page ended");
  }

  /** Asks until somebody answers; throws the answer if it is a refusal that stays. */
  <R> R answer(Duration timeMax, Question<R> question) {
    long end = System.nanoTime() + timeMax.toNanos();
    while (true) {
      try {
        return question.ask(any(), Neighbours.call());
      } catch (Refusal e) {
        if (!passing(e) || System.nanoTime() > end) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** The session as it is; empty when it is not known. */
  Optional<Session> find(Duration timeMax, String id) {
    return known(() -> answer(timeMax, (aipf, call) -> aipf.getSession(call, new GetSession(id))));
  }

  /** All sessions, by id; not all of one instant. */
  Map<String, Session> all(Duration timeMax) {
    Map<String, Session> all = new TreeMap<>();
    String token = null;
    do {
      ListSessions next = new ListSessions(null, null, null, LISTED, token);
      SessionList page = answer(timeMax, (aipf, call) -> aipf.listSessions(call, next));
      page.sessions().forEach(session -> all.put(session.sessionId(), session));
      token = page.nextPageToken();
    } while (token != null);
    return all;
  }

  /** All evidence of a session; none when it is not known. */
  List<String> evidence(Duration timeMax, String id) {
    List<String> records = new ArrayList<>();
    Long from = null;
    do {
      ListEvidence next = new ListEvidence(id, from);
      EvidenceList page =
          known(() -> answer(timeMax, (aipf, call) -> aipf.listEvidence(call, next)))
              .orElse(new EvidenceList(List.of(), null));
      records.addAll(page.records());
      from = page.nextSeq();
    } while (from != null);
    return records;
  }

  private static <R> Optional<R> known(Supplier<R> question) {
    try {
      return Optional.of(question.get());
    } catch (Refusal e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
