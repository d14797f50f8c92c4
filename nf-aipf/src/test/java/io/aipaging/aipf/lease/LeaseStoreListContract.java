package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.NOW;
import static io.aipaging.aipf.lease.StoredSessions.append;
import static io.aipaging.aipf.lease.StoredSessions.begin;
import static io.aipaging.aipf.lease.StoredSessions.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.EvidenceRecord;
import io.aipaging.protocol.UeAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every driver's lists keep, whichever member of a query chooses the index. */
public abstract class LeaseStoreListContract {
  private static final int MOVES = StoredSessions.life().size();

  /** An empty store for at most {@code sessionsMax} sessions that keeps evidence for a day. */
  protected abstract LeaseStore newStore(int sessionsMax);

  /** A store with a session at every step of a life, and those sessions. */
  private List<Session> fill(LeaseStore store) {
    List<Session> sessions = new ArrayList<>();
    for (int moves = 0; moves <= MOVES; moves++) {
      sessions.add(live(store, "10.45.0." + (moves + 2), "k-" + moves, moves));
    }
    return sessions;
  }

  private static Stream<SessionQuery> queries(List<Session> sessions) {
    Session some = sessions.get(MOVES / 2);
    Aisi aisi = some.facts().service().aisi();
    UeAddress ue = some.facts().subscriber().ue();
    Instant end = some.expiresAt().plusMillis(1);
    Set<Shard> half = new TreeSet<>(Shard.all().headSet(new Shard(Shard.COUNT / 2)));
    Stream<SessionQuery> states =
        sessions.stream()
            .map(session -> session.state().name())
            .distinct()
            .flatMap(
                state ->
                    Stream.of(
                        SessionQuery.inState(state),
                        new SessionQuery(state, null, "anchor-a", "af-1", aisi, end, null)));
    return Stream.concat(
        states,
        Stream.of(
            SessionQuery.ALL,
            SessionQuery.atAnchor("anchor-a"),
            SessionQuery.atAnchor("anchor-b"),
            SessionQuery.atAnchor("anchor"),
            SessionQuery.unfinished(Shard.all()),
            SessionQuery.unfinished(half),
            SessionQuery.unfinished(Set.of()),
            new SessionQuery(null, ue, null, null, null, null, null),
            new SessionQuery(null, null, null, "af-1", null, null, null),
            new SessionQuery(null, null, null, "af", null, null, null),
            new SessionQuery(null, null, null, null, aisi, null, null),
            new SessionQuery(null, null, null, null, null, end, null),
            new SessionQuery(null, null, null, null, null, some.expiresAt(), null),
            new SessionQuery(null, null, "anchor-a", null, null, end, null),
            new SessionQuery(null, null, "anchor-b", null, aisi, null, null)));
  }

  @Test
  public void everyQueryFindsExactlyWhatMatches() {
    LeaseStore store = newStore(1_000);
    List<Session> sessions = fill(store);
    queries(sessions)
        .forEach(
            query ->
                assertThat(pages(store, query, 1_000))
                    .as("%s", query)
                    .containsExactlyInAnyOrderElementsOf(
                        sessions.stream().filter(query::matches).toList()));
  }

  @Test
  public void pagesOfAnySizeTogetherAreTheWholeList() {
    LeaseStore store = newStore(1_000);
    List<Session> sessions = fill(store);
    queries(sessions)
        .forEach(
            query -> {
              List<Session> whole = pages(store, query, 1_000);
              for (int size : List.of(1, 2, 7)) {
                assertThat(pages(store, query, size)).as("%s by %d", query, size).isEqualTo(whole);
              }
            });
  }

  private static List<Session> pages(LeaseStore store, SessionQuery query, int size) {
    List<Session> found = new ArrayList<>();
    String token = null;
    do {
      SessionPage page = store.list(query, size, token);
      assertThat(page.sessions()).as("%s", query).hasSizeLessThanOrEqualTo(size);
      found.addAll(page.sessions());
      token = page.nextToken();
    } while (token != null);
    return found;
  }

  @Test
  public void aSessionThatMovesIsNotFoundWhereItWas() {
    LeaseStore store = newStore(1_000);
    Session session = live(store, "10.45.0.2", "k-1", 0);
    for (Function<Session, SessionEvent> next : StoredSessions.life()) {
      Session before = session;
      session = append(store, session, next.apply(session));
      Session now = session;
      queries(List.of(before, now, now, now, now, now, now, now, now, now))
          .forEach(
              query ->
                  assertThat(pages(store, query, 1))
                      .as("%s after %s", query, now.state().name())
                      .isEqualTo(query.matches(now) ? List.of(now) : List.of()));
    }
  }

  @Test
  public void whatIsForgottenIsInNoList() {
    LeaseStore store = newStore(1_000);
    List<Session> sessions = fill(store);
    Session over = sessions.getLast();
    assertThat(over.terminal()).isTrue();
    assertThat(store.compact(Samples.NOW.plusSeconds(400))).isEqualTo(1);
    queries(sessions)
        .forEach(
            query -> assertThat(pages(store, query, 1_000)).as("%s", query).doesNotContain(over));
  }

  @Test
  public void aTokenThatIsNoneIsRefusedWhicheverIndexItIsFor() {
    LeaseStore store = newStore(1_000);
    List<Session> sessions = fill(store);
    queries(sessions)
        .forEach(
            query -> {
              for (String token : List.of("", "!", "AA", "x".repeat(500), encoded("not an id"))) {
                assertThatThrownBy(() -> store.list(query, 1, token))
                    .as("%s", query)
                    .isInstanceOf(IllegalArgumentException.class);
              }
            });
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  public void twoTransitionsOfASessionAreAppendedInTheirOrder() {
    LeaseStore store = newStore(1_000);
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    Transition ending = ending(session);
    Transition finished = Samples.legal(ending.after(), new SessionEvent.Finished(), NOW);
    assertThat(store.append(ending, finished)).isInstanceOf(AppendResult.Appended.class);
    assertThat(store.find(session.id())).contains(finished.after());
    List<String> evidence = store.evidence(session.id(), 1, 10);
    assertThat(EvidenceChain.verify(evidence)).isInstanceOf(EvidenceChain.Verdict.Verified.class);
    assertThat(evidence)
        .extracting(record -> EvidenceRecord.parse(record).type())
        .containsExactly("SESSION_PREPARING", "SESSION_ENDING", finished.evidence().type());
    for (String state : List.of("PREPARING", "ENDING")) {
      assertThat(store.list(SessionQuery.inState(state), 10, null).sessions()).isEmpty();
    }
    assertThat(store.list(SessionQuery.inState("REJECTED"), 10, null).sessions())
        .containsExactly(finished.after());
    assertThat(begin(store, "10.45.0.2", "nef-1", null).id()).isNotEqualTo(session.id());
  }

  @Test
  public void twoTransitionsBasedOnAnOldVersionAreRefusedAndChangeNothing() {
    LeaseStore store = newStore(1_000);
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    Transition ending = ending(session);
    Transition finished = Samples.legal(ending.after(), new SessionEvent.Finished(), NOW);
    Session moved = append(store, session, Samples.committed(session, NOW));
    assertThat(store.append(ending, finished)).isEqualTo(new AppendResult.Stale(moved));
    assertThat(store.find(session.id())).contains(moved);
    assertThat(store.evidence(session.id(), 1, 10)).hasSize(2);
  }

  private static Transition ending(Session preparing) {
    EndCause cause = new EndCause(EndReason.DEADLINE_EXCEEDED, "TEST");
    return Samples.legal(preparing, Samples.ended(preparing, cause, NOW), NOW);
  }
}
