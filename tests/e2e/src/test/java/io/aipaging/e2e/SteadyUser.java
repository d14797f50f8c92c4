package io.aipaging.e2e;

import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.TokenBinding;
import io.aipaging.openapi.paging.Ue;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Pages, uses, renews, uses with the old and the new token, releases; again and again. */
final class SteadyUser implements Runnable {
  private static final int USES = 12;
  private static final int ADDRESSES = 10;
  private final BreakableSet set;
  private final Path trust;
  private final int number;
  private final Tally tally;

  /** What all users did. */
  static final class Tally {
    final AtomicInteger pages = new AtomicInteger();
    final AtomicInteger renewals = new AtomicInteger();
    final AtomicInteger answers = new AtomicInteger();
    final List<String> sessions = new CopyOnWriteArrayList<>();
    final List<String> failures = new CopyOnWriteArrayList<>();
    volatile boolean over;

    @Override
    public String toString() {
      return "%s pages, %s renewals, %s answers, %d failures"
          .formatted(pages, renewals, answers, failures.size());
    }
  }

  SteadyUser(BreakableSet set, int number, Tally tally) {
    this.set = set;
    this.trust = set.deployment.connection().trustFile();
    this.number = number;
    this.tally = tally;
  }

  @Override
  public void run() {
    for (int round = 0; !tally.over; round++) {
      String address = "127.0.0." + (40 + number * ADDRESSES + round % ADDRESSES);
      try {
        session(address);
      } catch (Exception e) {
        tally.failures.add(address + ": " + e);
      }
    }
  }

  private void session(String address) throws Exception {
    Session paged = page(set, address);
    tally.pages.incrementAndGet();
    tally.sessions.add(paged.sessionId());
    try (HttpsUser ue = HttpsUser.trusting(trust, address)) {
      use(ue, paged, paged, USES);
      Session renewed =
          set.operatorView().renewSession(set.call(), new RenewSession(paged.sessionId(), 15));
      tally.renewals.incrementAndGet();
      use(ue, paged, renewed, USES);
      use(ue, paged, paged, 1);
    }
    set.operatorView().releaseSession(set.call(), new ReleaseSession(paged.sessionId()));
  }

  private void use(HttpsUser ue, Session session, Session tokenFrom, int times) throws Exception {
    for (int i = 0; i < times && !tally.over; i++) {
      int status = embed(ue, session, tokenFrom.token().accessToken());
      if (status == 200) {
        tally.answers.incrementAndGet();
      } else {
        tally.failures.add(session.ueAddress() + ": status " + status);
      }
    }
  }

  static int embed(HttpsUser ue, Session session, String token) throws Exception {
    return ue.call(
            "POST",
            session.serviceUri() + "/embeddings",
            token,
            "{\"model\": \"all-MiniLM-L6-v2\", \"input\": \"a heron\"}")
        .status();
  }

  /** Pages for ten seconds. */
  static Session page(BreakableSet set, String address) {
    CreateSession wish =
        new CreateSession(
            null,
            new Ue(address, null, null, null),
            new Intent(null, "EMBEDDING", null, null, List.of("EU"), null, null),
            TokenBinding.ueAddress(),
            10);
    return set.operatorView()
        .createSession(set.call().withIdempotencyKey(UUID.randomUUID().toString()), wish);
  }
}
