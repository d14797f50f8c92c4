package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.NOW;
import static io.aipaging.aipf.lease.StoredSessions.append;
import static io.aipaging.aipf.lease.StoredSessions.begin;
import static io.aipaging.aipf.lease.StoredSessions.life;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.EvidenceRecord;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What every driver of {@link LeaseStore} keeps. A driver's test extends it and makes empty stores;
 * the module's test jar carries it to drivers elsewhere.
 */
public abstract class LeaseStoreContract {
  /** An empty store for at most {@code sessionsMax} sessions that keeps evidence for a day. */
  protected abstract LeaseStore newStore(int sessionsMax);

  private LeaseStore store() {
    return newStore(1_000);
  }

  @Test
  public void whatIsAppendedIsFound() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", "k-1");
    assertThat(store.find(session.id())).contains(session);
    assertThat(store.findByKey("nef-1", "k-1")).contains(session);
    assertThat(store.findByKey("nef-2", "k-1")).isEmpty();
    assertThat(store.find(new SessionId("nobody-knows"))).isEmpty();
  }

  @Test // L4.7
  public void everyStateIsKeptAsItIs() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", "k-1");
    for (Function<Session, SessionEvent> next : life()) {
      session = append(store, session, next.apply(session));
      assertThat(store.find(session.id())).contains(session);
    }
    assertThat(session.terminal()).isTrue();
  }

  @Test // L1.3
  public void anAppendBasedOnAnOldVersionIsRefusedAndChangesNothing() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    Transition first = Samples.legal(session, Samples.committed(session, NOW), NOW);
    Transition second = Samples.legal(session, Samples.committed(session, NOW), NOW);
    assertThat(store.append(first)).isInstanceOf(AppendResult.Appended.class);
    assertThat(store.append(second)).isEqualTo(new AppendResult.Stale(first.after()));
    assertThat(store.find(session.id())).contains(first.after());
    assertThat(store.evidence(session.id(), 1, 10)).hasSize(2);
  }

  @Test
  public void ofConcurrentAppendsExactlyOneWins() throws Exception {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    List<Callable<AppendResult>> rivals = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Transition rival = Samples.legal(session, Samples.committed(session, NOW), NOW);
      rivals.add(() -> store.append(rival));
    }
    assertThat(winners(rivals)).isEqualTo(1);
    assertThat(store.evidence(session.id(), 1, 100)).hasSize(2);
  }

  @Test
  public void ofConcurrentPagesForOneFlowExactlyOneBegins() throws Exception {
    LeaseStore store = store();
    List<Callable<AppendResult>> rivals = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Transition rival = Samples.begin(Samples.facts(Samples.id(), "10.45.0.2", "nef-1", null));
      rivals.add(() -> store.append(rival));
    }
    assertThat(winners(rivals)).isEqualTo(1);
    assertThat(store.list(SessionQuery.ALL, 100, null).sessions()).hasSize(1);
  }

  private static long winners(List<Callable<AppendResult>> rivals) throws Exception {
    long winners = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<AppendResult> rival : threads.invokeAll(rivals)) {
        winners += rival.get() instanceof AppendResult.Appended ? 1 : 0;
      }
    }
    return winners;
  }

  @Test // L1.3, L7.3
  public void evidenceIsChainedInTheSameAppend() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    append(store, session, Samples.committed(session, NOW));
    List<String> evidence = store.evidence(session.id(), 1, 10);
    EvidenceRecord first = EvidenceRecord.parse(evidence.get(0));
    assertThat(first.seq()).isEqualTo(1);
    assertThat(first.prevSha256()).isEqualTo(EvidenceRecord.GENESIS);
    assertThat(EvidenceChain.verify(evidence)).isInstanceOf(EvidenceChain.Verdict.Verified.class);
    assertThat(store.evidence(session.id(), 2, 10)).isEqualTo(evidence.subList(1, 2));
    assertThat(store.evidence(session.id(), 1, 1)).isEqualTo(evidence.subList(0, 1));
    assertThat(store.evidence(session.id(), 3, 10)).isEmpty();
  }

  @Test
  public void chainsOfSessionsDoNotMix() {
    LeaseStore store = store();
    Session one = begin(store, "10.45.0.2", "nef-1", null);
    Session two = begin(store, "10.45.0.3", "nef-1", null);
    append(store, one, Samples.committed(one, NOW));
    append(store, two, Samples.committed(two, NOW));
    for (Session session : List.of(one, two)) {
      assertThat(EvidenceChain.verify(store.evidence(session.id(), 1, 10)))
          .isInstanceOf(EvidenceChain.Verdict.Verified.class);
    }
  }

  @Test // L0.1
  public void aFlowHasOneLiveSessionAndIsFreeWhenThatIsOver() {
    LeaseStore store = store();
    Session first = begin(store, "10.45.0.2", "nef-1", null);
    Transition second = Samples.begin(Samples.facts(Samples.id(), "10.45.0.2", "nef-1", null));
    assertThat(store.append(second)).isEqualTo(new AppendResult.FlowInUse(first));
    assertThat(store.find(second.after().id())).isEmpty();
    assertThat(store.evidence(second.after().id(), 1, 10)).isEmpty();
    Session ending = append(store, first, Samples.ended(first, Samples.RELEASE, NOW));
    assertThat(store.append(second)).isInstanceOf(AppendResult.FlowInUse.class);
    append(store, ending, new SessionEvent.Finished());
    assertThat(store.append(second)).isInstanceOf(AppendResult.Appended.class);
  }

  @Test
  public void aKeyBelongsToOneSessionOfItsConsumer() {
    LeaseStore store = store();
    Session first = begin(store, "10.45.0.2", "nef-1", "k-1");
    Transition same = Samples.begin(Samples.facts(Samples.id(), "10.45.0.3", "nef-1", "k-1"));
    assertThat(store.append(same)).isEqualTo(new AppendResult.KeyInUse(first));
    begin(store, "10.45.0.3", "nef-2", "k-1");
  }

  @Test
  public void aKeyWinsOverAFlowSoThatARetryMeetsItsOwnPage() {
    LeaseStore store = store();
    Session first = begin(store, "10.45.0.2", "nef-1", "k-1");
    Transition retry = Samples.begin(Samples.facts(Samples.id(), "10.45.0.2", "nef-1", "k-1"));
    assertThat(store.append(retry)).isEqualTo(new AppendResult.KeyInUse(first));
  }

  @Test
  public void aFullStoreBeginsNothingButMovesWhatItHas() {
    LeaseStore store = newStore(1);
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    Transition more = Samples.begin(Samples.facts(Samples.id(), "10.45.0.3", "nef-1", null));
    assertThat(store.append(more)).isEqualTo(new AppendResult.Full());
    append(store, session, Samples.committed(session, NOW));
  }

  @Test
  public void sessionsAreListedByIdInPages() {
    LeaseStore store = store();
    List<SessionId> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(begin(store, "10.45.0." + (i + 2), "nef-1", null).id());
    }
    List<SessionId> listed = new ArrayList<>();
    String token = null;
    do {
      SessionPage page = store.list(SessionQuery.ALL, 3, token);
      assertThat(page.sessions()).hasSizeLessThanOrEqualTo(3);
      page.sessions().forEach(session -> listed.add(session.id()));
      token = page.nextToken();
    } while (token != null);
    assertThat(listed).isSorted().containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  public void anExactlyFullPageHasNoNext() {
    LeaseStore store = store();
    begin(store, "10.45.0.2", "nef-1", null);
    begin(store, "10.45.0.3", "nef-1", null);
    assertThat(store.list(SessionQuery.ALL, 2, null).nextToken()).isNull();
  }

  @Test
  public void aTokenThatIsNoneIsRefused() {
    LeaseStore store = store();
    for (String token : List.of("!", "AA", "x".repeat(500), "")) {
      assertThatThrownBy(() -> store.list(SessionQuery.ALL, 2, token))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  public void sessionsAreFoundByWhatIsKnownOfThem() {
    LeaseStore store = store();
    Session one = begin(store, "10.45.0.2", "nef-1", null);
    Session two = begin(store, "10.45.0.3", "nef-1", null);
    Session committed = append(store, two, Samples.committed(two, NOW));
    assertThat(found(store, query(null, "10.45.0.2", null))).containsExactly(one);
    assertThat(found(store, query(null, "10.45.0.9", null))).isEmpty();
    assertThat(found(store, SessionQuery.atAnchor("anchor-a"))).containsExactly(committed);
    assertThat(found(store, query(null, null, "af-1"))).containsExactlyInAnyOrder(one, committed);
    assertThat(found(store, query(null, null, "af-2"))).isEmpty();
    assertThat(found(store, SessionQuery.inState("PREPARING"))).hasSize(2);
    assertThat(found(store, SessionQuery.inState("ACTIVE"))).isEmpty();
    Aisi aisi = one.facts().service().aisi();
    Instant end = one.expiresAt();
    assertThat(found(store, new SessionQuery(null, null, null, null, aisi, null, null))).hasSize(2);
    assertThat(found(store, new SessionQuery(null, null, null, null, null, end, null))).isEmpty();
    assertThat(
            found(store, new SessionQuery(null, null, null, null, null, end.plusMillis(1), null)))
        .hasSize(2);
  }

  private static SessionQuery query(String state, String ue, String afId) {
    return new SessionQuery(
        state, ue == null ? null : UeAddress.parse(ue), null, afId, null, null, null);
  }

  private static List<Session> found(LeaseStore store, SessionQuery query) {
    return store.list(query, 100, null).sessions();
  }

  @Test // L4.4; lease-protocol §4: a terminal session stays readable for at least 360 s
  public void aTerminalSessionIsReadableLongEnoughAndItsEvidenceLonger() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", "k-1");
    Session ending = append(store, session, Samples.ended(session, Samples.RELEASE, NOW));
    Session over = append(store, ending, new SessionEvent.Finished());

    assertThat(store.compact(NOW.plusSeconds(360).minusMillis(1))).isZero();
    assertThat(store.find(over.id())).contains(over);
    assertThat(store.compact(NOW.plusSeconds(361))).isEqualTo(1);
    assertThat(store.find(over.id())).isEmpty();
    assertThat(store.findByKey("nef-1", "k-1")).isEmpty();
    assertThat(found(store, query(null, "10.45.0.2", null))).isEmpty();
    assertThat(store.evidence(over.id(), 1, 10)).hasSize(3);
    store.compact(NOW.plus(Duration.ofDays(2)));
    assertThat(store.evidence(over.id(), 1, 10)).isEmpty();
  }

  @Test // L1.6, L6.8; R-07
  public void whatIsNotTerminalIsNeverForgotten() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    Session ending = append(store, session, Samples.ended(session, Samples.RELEASE, NOW));
    assertThat(store.compact(NOW.plus(Duration.ofDays(30)))).isZero();
    assertThat(store.find(ending.id())).contains(ending);
  }

  @Test
  public void compactionMakesRoom() {
    LeaseStore store = newStore(1);
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    Session ending = append(store, session, Samples.ended(session, Samples.RELEASE, NOW));
    append(store, ending, new SessionEvent.Finished());
    store.compact(NOW.plusSeconds(400));
    begin(store, "10.45.0.2", "nef-1", null);
  }

  @Test
  public void whoeverWaitsForAChangeIsTold() throws Exception {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> waiting =
          threads.submit(
              () ->
                  store
                      .awaitChange(session.id(), session.version(), Duration.ofSeconds(20))
                      .orElseThrow());
      Session committed = append(store, session, Samples.committed(session, NOW));
      assertThat(waiting.get()).isEqualTo(committed);
    }
  }

  @Test
  public void aWaitThatNothingEndsEndsByItself() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    assertThat(store.awaitChange(session.id(), session.version(), Duration.ofMillis(20)))
        .contains(session);
    assertThat(store.awaitChange(session.id(), session.version() - 1, Duration.ofDays(1)))
        .contains(session);
    assertThat(store.awaitChange(new SessionId("nobody-knows"), 1, Duration.ofDays(1))).isEmpty();
  }
}
