package io.aipaging.crash;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps what consumers were told and what was found to contradict it. Every answer is judged by all
 * that were given before it was asked for. Thread-safe.
 */
final class Ledger {
  private static final int ANSWERS_MIN = 20;
  private static final int ANSWERS_MORE = 100;
  private static final Duration ANSWER_TIME = Duration.ofSeconds(120);
  private final Map<String, Told> told = new ConcurrentHashMap<>();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder answers = new LongAdder();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  /** How a page ended. */
  sealed interface PageEnd {
    /** In a session. */
    record Begun(String session) implements PageEnd {}

    /** In a refusal that is kept. */
    record Refused(int status, String cause) implements PageEnd {}
  }

  /**
   * An answered page.
   *
   * @param key its idempotency key
   * @param wish what was asked for
   * @param end the answer
   * @param at when it was answered
   */
  record Page(String key, CreateSession wish, PageEnd end, Instant at) {}

  /** A page was answered; the same key must get the same answer. */
  void paged(String key, CreateSession wish, Session session, Instant asked) {
    answered(new Page(key, wish, new PageEnd.Begun(session.sessionId()), Instant.now()));
    tell("page", session, asked);
  }

  /** A page was refused, for good. */
  void refused(String key, CreateSession wish, Refusal refusal) {
    count("page refused " + refusal.detail());
    PageEnd end = new PageEnd.Refused(refusal.status(), refusal.problemCause());
    answered(new Page(key, wish, end, Instant.now()));
  }

  private void answered(Page page) {
    Page first = pages.putIfAbsent(page.key(), page);
    if (first != null && !first.end().equals(page.end())) {
      fault("one key, two answers: " + first.end() + ", then " + page.end());
    }
  }

  /** A page that had been answered was asked for once more. */
  void repeated(Page first, PageEnd end) {
    count("key repeated");
    if (!first.end().equals(end)) {
      fault("one key, two answers: " + first + ", then " + end);
    }
  }

  /** Somebody who asked at {@code asked} was told about a session. */
  void tell(String operation, Session session, Instant asked) {
    count(operation);
    answers.increment();
    told.merge(session.sessionId(), Told.of(session, asked), Told::and);
  }

  /** An enforcer was seen to obey a COMMIT. */
  void obeyed(Held held) {
    told.computeIfPresent(held.session(), (id, before) -> before.obeyed(held.gen()));
  }

  /** The end of a session is going to be asked for. */
  void asksEnd(String session) {
    told.computeIfPresent(session, (id, before) -> before.ending(Told.End.ASKED));
  }

  /** The end of a session was answered. */
  void ended(String session) {
    count("release");
    answers.increment();
    told.computeIfPresent(session, (id, before) -> before.ending(Told.End.ANSWERED));
  }

  /** What was told about a session so far. */
  Optional<Told> of(String session) {
    return Optional.ofNullable(told.get(session));
  }

  /** What was told about every session so far, by id. */
  Map<String, Told> all() {
    return new TreeMap<>(told);
  }

  /** Judges a session that was read by what had been told {@code before} that, and takes note. */
  void judge(String operation, Told before, Optional<Session> seen, Instant asked) {
    Instant readAt = Instant.now();
    Told after = told.getOrDefault(before.session(), before);
    Judge.of(before, after, seen, readAt).forEach(this::fault);
    seen.ifPresent(session -> tell(operation, session, asked));
  }

  /** Pages answered since {@code then}. */
  List<Page> pagesSince(Instant then) {
    return pages.values().stream().filter(page -> page.at().isAfter(then)).toList();
  }

  /** Something is wrong. */
  void fault(String what) {
    faults.add(what);
  }

  /** Everything that is wrong. */
  List<String> faults() {
    return new ArrayList<>(faults);
  }

  /** Until some more answers were given, and then into the midst of whatever comes next. */
  void awaitMoreAnswers(Random random) throws Exception {
    long enough = answers.sum() + ANSWERS_MIN + random.nextInt(ANSWERS_MORE);
    Await.until(
        ANSWER_TIME,
        "consumers that are answered",
        () -> answers.sum() >= enough || !faults.isEmpty());
    LockSupport.parkNanos(random.nextLong(100_000_000));
  }

  /** One more of what is worth telling. */
  void count(String what) {
    counts.computeIfAbsent(what, any -> new LongAdder()).increment();
  }

  /** How many of what. */
  Map<String, Long> counts() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((what, sum) -> sums.put(what, sum.sum()));
    return sums;
  }
}
