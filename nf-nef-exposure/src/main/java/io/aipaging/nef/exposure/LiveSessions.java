package io.aipaging.nef.exposure;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionList;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many live sessions an app has. The AIPF is the truth: it is asked when an app first comes and
 * whenever the app seems to have used up what it may, so a restart or a session that ended by
 * itself never locks an app out.
 */
final class LiveSessions {
  private static final List<String> LIVE = List.of("PREPARING", "ACTIVE", "RELOCATING", "ENDING");
  private static final int PAGE = 200;
  private static final int PAGES_MAX = 500;

  private final NaipfPaging paging;
  private final String nfInstanceId;
  private final InstantSource clock;
  private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();

  LiveSessions(NaipfPaging paging, String nfInstanceId, InstantSource clock) {
    this.paging = paging;
    this.nfInstanceId = nfInstanceId;
    this.clock = clock;
  }

  /** Sessions of one app by id with their end, and creates under way. */
  private static final class Ledger {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> endOf = new HashMap<>();
    private int underWay;
    private boolean asked;

    private int used(Instant now) {
      endOf.values().removeIf(end -> !end.isAfter(now));
      return endOf.size() + underWay;
    }
  }

  /** Takes a place for one more session; false when there is none. */
  boolean reserve(Call call, App app) {
    Ledger ledger = ledgers.computeIfAbsent(app.afId(), afId -> new Ledger());
    ledger.lock.lock();
    try {
      if (!ledger.asked || ledger.used(clock.instant()) >= app.sessionsMax()) {
        ask(call, app.afId(), ledger);
      }
      if (ledger.used(clock.instant()) >= app.sessionsMax()) {
        return false;
      }
      ledger.underWay++;
      return true;
    } finally {
      ledger.lock.unlock();
    }
  }

  /** The create has ended; {@code session} is what came of it, or null. */
  void settle(App app, @Nullable Session session) {
    change(
        app.afId(),
        ledger -> {
          ledger.underWay--;
          if (session != null) {
            ledger.endOf.put(session.sessionId(), session.expiresAt());
          }
        });
  }

  /** A create ended without telling what came of it: the AIPF is asked again. */
  void doubt(App app) {
    change(app.afId(), ledger -> ledger.asked = false);
  }

  /** A session's end has moved. */
  void renewed(String afId, Session session) {
    change(
        afId,
        ledger ->
            ledger.endOf.computeIfPresent(session.sessionId(), (id, end) -> session.expiresAt()));
  }

  /** A session is over. */
  void released(String afId, String sessionId) {
    change(afId, ledger -> ledger.endOf.remove(sessionId));
  }

  private void change(String afId, Consumer<Ledger> change) {
    Ledger ledger = ledgers.get(afId);
    if (ledger == null) {
      return;
    }
    ledger.lock.lock();
    try {
      change.accept(ledger);
    } finally {
      ledger.lock.unlock();
    }
  }

  private void ask(Call call, String afId, Ledger ledger) {
    Map<String, Instant> found = new HashMap<>();
    for (String state : LIVE) {
      String pageToken = null;
      for (int page = 0; page == 0 || (pageToken != null && page < PAGES_MAX); page++) {
        SessionList list =
            paging.listSessions(
                call.as(nfInstanceId).withIdempotencyKey(null),
                new ListSessions(state, null, afId, PAGE, pageToken));
        list.sessions().forEach(s -> found.put(s.sessionId(), s.expiresAt()));
        pageToken = list.nextPageToken();
      }
    }
    ledger.endOf.clear();
    ledger.endOf.putAll(found);
    ledger.asked = true;
  }
}
