package io.aipaging.aipf.lease.postgres;

import io.aipaging.protocol.SessionId;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Says to the other replicas which of their sessions were moved here. It is said after the append
 * and for many sessions at once, because transactions that notify commit one after the other.
 */
final class Mail {
  /** Between two letters: what comes meanwhile goes together. */
  static final Duration PAUSE = Duration.ofMillis(20);

  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration TIME_MAX = Duration.ofSeconds(1);
  private static final int WAITING_MAX = 20_000;
  private static final int LETTER_CHARACTERS_MAX = 7_800;
  private static final String CHANNEL = "aipaging_moved";
  private static final String EVERYTHING = "*";
  private static final String SEND =
      "SELECT pg_notify('" + CHANNEL + "', l) FROM unnest($1::text[]) l";
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final AtomicBoolean overflown = new AtomicBoolean();
  private volatile @Nullable Reader reader;
  private volatile long sentAt = System.nanoTime();

  /** Who reads what others say; must return at once. */
  interface Reader {
    /** Another replica moved this session. */
    void moved(SessionId session);

    /** Another replica moved more sessions than it could say. */
    void movedMany();
  }

  /** From now on {@code reader} reads; until then nothing is read. */
  void readBy(Reader now) {
    reader = now;
  }

  /** To be said of a session; returns whether nothing else waited. */
  boolean add(SessionId session) {
    boolean first = waiting.isEmpty();
    if (!waiting.offer(session.value())) {
      overflown.set(true);
    }
    return first;
  }

  /** Begins to read on a new connection. */
  void listen(Link link) {
    int own = link.connection().processId();
    var _ = link.connection().notificationHandler(letter -> read(letter, own));
    link.run("LISTEN " + CHANNEL, TIME_MAX);
  }

  private void read(PgNotification letter, int own) {
    Reader whom = reader;
    if (whom == null || letter.getProcessId() == own) {
      return;
    }
    if (EVERYTHING.equals(letter.getPayload())) {
      whom.movedMany();
      return;
    }
    for (String id : letter.getPayload().split(" ", -1)) {
      whom.moved(new SessionId(id));
    }
  }

  /** Sends what waits, if the last letter is old enough. Lost connections lose nothing. */
  void send(Link link) {
    if (waiting.isEmpty() || System.nanoTime() - sentAt < PAUSE.toNanos()) {
      return;
    }
    sentAt = System.nanoTime();
    boolean everything = overflown.getAndSet(false);
    Set<String> ids = new LinkedHashSet<>();
    waiting.drainTo(ids);
    try {
      List<String> letters = everything ? List.of(EVERYTHING) : letters(ids);
      var _ = link.ask(SEND, Tuple.of(letters.toArray(String[]::new)), TIME_MAX);
    } catch (RuntimeException e) {
      overflown.compareAndSet(false, everything);
      ids.forEach(
          id -> {
            var _ = add(new SessionId(id));
          });
      throw e;
    }
  }

  private static List<String> letters(Set<String> ids) {
    List<String> letters = new ArrayList<>();
    StringBuilder letter = new StringBuilder();
    for (String id : ids) {
      if (letter.length() + id.length() + 1 > LETTER_CHARACTERS_MAX) {
        letters.add(letter.toString());
        letter.setLength(0);
      }
      letter.append(letter.isEmpty() ? "" : " ").append(id);
    }
    letters.add(letter.toString());
    return letters;
  }

  /** How long nothing is to be sent. */
  Duration pause() {
    return waiting.isEmpty() ? IDLE : PAUSE;
  }
}
