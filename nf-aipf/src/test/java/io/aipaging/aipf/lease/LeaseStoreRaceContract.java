package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.NOW;
import static io.aipaging.aipf.lease.StoredSessions.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every driver keeps while many append at once. */
public abstract class LeaseStoreRaceContract {
  private static final int SESSIONS = 8;
  private static final int RIVALS = 32;
  private static final int TRIES = 12;

  /** An empty store for at most {@code sessionsMax} sessions that keeps evidence for a day. */
  protected abstract LeaseStore newStore(int sessionsMax);

  @Test
  public void rivalsOverFewSessionsLoseNoAppendAndWinNoneTwice() throws Exception {
    LeaseStore store = newStore(1_000);
    List<Session> sessions = new ArrayList<>();
    Map<SessionId, AtomicInteger> appended = new ConcurrentHashMap<>();
    for (int i = 0; i < SESSIONS; i++) {
      Session session = live(store, "10.45.0." + (i + 2), "k-" + i, 2);
      sessions.add(session);
      appended.put(session.id(), new AtomicInteger((int) session.version()));
    }
    atOnce(RIVALS, () -> renewAtRandom(store, sessions, appended));
    for (Session session : sessions) {
      Session now = store.find(session.id()).orElseThrow();
      assertThat(now.version()).isEqualTo(appended.get(session.id()).get());
      List<String> evidence = store.evidence(session.id(), 1, 10_000);
      assertThat(evidence).hasSize((int) now.version());
      assertThat(EvidenceChain.verify(evidence)).isInstanceOf(EvidenceChain.Verdict.Verified.class);
    }
  }

  private static Void renewAtRandom(
      LeaseStore store, List<Session> sessions, Map<SessionId, AtomicInteger> appended) {
    for (int i = 0; i < TRIES; i++) {
      SessionId id = sessions.get(ThreadLocalRandom.current().nextInt(SESSIONS)).id();
      Session seen = store.find(id).orElseThrow();
      Transition renewed = Samples.legal(seen, Samples.renewed(seen, NOW), NOW);
      switch (store.append(renewed)) {
        case AppendResult.Appended _ -> {
          appended.get(id).incrementAndGet();
          assertThat(store.find(id).orElseThrow().version())
              .isGreaterThanOrEqualTo(renewed.after().version());
        }
        case AppendResult.Stale(Session current) ->
            assertThat(current.version()).isGreaterThan(seen.version());
        case AppendResult other -> throw new AssertionError(other);
      }
    }
    return null;
  }

  @Test
  public void noMoreSessionsBeginThanThereIsRoomFor() throws Exception {
    LeaseStore store = newStore(10);
    AtomicInteger number = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    atOnce(
        RIVALS,
        () -> {
          String ue = "10.45.1." + number.incrementAndGet();
          Transition begin = Samples.begin(Samples.facts(Samples.id(), ue, "nef-1", null));
          AppendResult result = store.append(begin);
          begun.addAndGet(result instanceof AppendResult.Appended ? 1 : 0);
          assertThat(result).isInstanceOfAny(AppendResult.Appended.class, AppendResult.Full.class);
          return null;
        });
    assertThat(begun).hasValue(10);
    assertThat(store.list(SessionQuery.ALL, 100, null).sessions()).hasSize(10);
  }

  @Test
  public void pagesThatAreRefusedTakeNoRoom() throws Exception {
    LeaseStore store = newStore(2);
    live(store, "10.45.0.2", "k-1", 0);
    atOnce(
        RIVALS,
        () -> {
          Transition taken = Samples.begin(Samples.facts(Samples.id(), "10.45.0.2", "n", null));
          assertThat(store.append(taken)).isInstanceOf(AppendResult.FlowInUse.class);
          Transition repeated =
              Samples.begin(Samples.facts(Samples.id(), "10.45.0.3", "nef-1", "k-1"));
          assertThat(store.append(repeated)).isInstanceOf(AppendResult.KeyInUse.class);
          return null;
        });
    live(store, "10.45.0.4", "k-2", 0);
  }

  @Test
  public void compactionsAtOnceForgetEachSessionOnce() throws Exception {
    LeaseStore store = newStore(20);
    for (int i = 0; i < 20; i++) {
      live(store, "10.45.0." + (i + 2), "k-" + i, StoredSessions.life().size());
    }
    AtomicInteger forgotten = new AtomicInteger();
    atOnce(
        RIVALS,
        () -> {
          forgotten.addAndGet(store.compact(NOW.plusSeconds(400)));
          return null;
        });
    assertThat(forgotten).hasValue(20);
    for (int i = 0; i < 20; i++) {
      live(store, "10.45.0." + (i + 2), "k-" + i, 0);
    }
  }

  private static void atOnce(int times, Callable<Void> work) throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.add(work);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : threads.invokeAll(all)) {
        done.get();
      }
    }
  }
}
