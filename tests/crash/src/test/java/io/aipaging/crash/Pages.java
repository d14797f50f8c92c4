package io.aipaging.crash;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.TokenBinding;
import io.aipaging.openapi.paging.Ue;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Pages of tests that need a session and do not care how many tries it takes. */
final class Pages {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LENGTH_SEC = 600;

  private Pages() {}

  /** What a UE asks for. */
  static CreateSession wish(String ue, int lengthSec) {
    return new CreateSession(
        null,
        new Ue(ue, null, null, null),
        new Intent(null, "EMBEDDING", null, null, List.of("EU"), null, null),
        TokenBinding.ueAddress(),
        lengthSec);
  }

  /** One try with a key of its own; throws the refusal. */
  static Session once(Doors doors, String ue) {
    var call = Neighbours.call().withIdempotencyKey(UUID.randomUUID().toString());
    return doors.any().createSession(call, wish(ue, LENGTH_SEC));
  }

  /** A session whose UE is served. */
  static Session await(Doors doors, String ue) throws Exception {
    AtomicReference<Session> paged = new AtomicReference<>();
    AtomicReference<Object> last = new AtomicReference<>("nothing");
    Await.until(
        PATIENCE,
        () -> "a page of " + ue + ", but " + last.get(),
        () -> {
          try {
            paged.set(once(doors, ue));
          } catch (Refusal e) {
            last.set(e.status() + " " + e.detail());
          }
          return paged.get() != null;
        });
    Await.until(PATIENCE, "service for " + ue, () -> UeTraffic.served(paged.get()));
    return paged.get();
  }
}
