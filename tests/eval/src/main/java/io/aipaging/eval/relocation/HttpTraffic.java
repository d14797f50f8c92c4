package io.aipaging.eval.relocation;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Requests of a UE one after the other, of one kind. */
final class HttpTraffic {
  private static final Duration PACE = Duration.ofMillis(2);
  private static final int FAILURES_TOLD = 3;

  private final Kind kind;
  private final String ue;
  private final String token;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean ending;
  private @Nullable HttpConversation kept;

  HttpTraffic(Kind kind, String ue, String token) {
    this.kind = kind;
    this.ue = ue;
    this.token = token;
  }

  /** How connections are used. */
  enum Kind {
    /** A connection for each request. */
    NEW,
    /** One connection as long as the service keeps it. */
    KEPT,
    /** One server-sent event stream of 300 ms after the other. */
    STREAM
  }

  /** Sends on the calling thread, which is in the UEs' namespace, until told to end. */
  void send() {
    for (long due = System.nanoTime(); !ending; due += PACE.toNanos()) {
      requests.incrementAndGet();
      try {
        request();
      } catch (IOException | RuntimeException e) {
        failed.incrementAndGet();
        if (failures.size() < FAILURES_TOLD) {
          failures.add(kind + " request " + requests + ": " + e.getMessage());
        }
        drop();
      }
      due = Math.max(due, System.nanoTime() - PACE.toNanos());
      LockSupport.parkNanos(due + PACE.toNanos() - System.nanoTime());
    }
    drop();
  }

  private void request() throws IOException {
    if (kind == Kind.NEW) {
      try (HttpConversation once = new HttpConversation(ue)) {
        var _ = once.get("/v1/echo", token, false);
      }
      return;
    }
    HttpConversation conversation = kept;
    if (conversation == null) {
      conversation = new HttpConversation(ue);
      kept = conversation;
    }
    if (!conversation.get(kind == Kind.STREAM ? "/v1/events" : "/v1/echo", token, true)) {
      drop();
    }
  }

  private void drop() {
    try {
      if (kept != null) {
        kept.close();
      }
    } catch (IOException e) {
      // It is of no use any more.
    }
    kept = null;
  }

  void end() {
    ending = true;
  }

  Kind kind() {
    return kind;
  }

  int requests() {
    return requests.get();
  }

  int failed() {
    return failed.get();
  }

  /** The first failures in words. */
  Iterable<String> failures() {
    return failures;
  }
}
