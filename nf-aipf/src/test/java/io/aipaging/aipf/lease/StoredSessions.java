package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Sessions as they are put into a store. */
public final class StoredSessions {
  private StoredSessions() {}

  public static Session begin(LeaseStore store, String ue, String consumer, String key) {
    Transition begun = Samples.begin(Samples.facts(Samples.id(), ue, consumer, key));
    assertThat(store.append(begun)).isInstanceOf(AppendResult.Appended.class);
    return begun.after();
  }

  public static Session append(LeaseStore store, Session session, SessionEvent event) {
    Transition transition = Samples.legal(session, event, NOW);
    assertThat(store.append(transition)).isInstanceOf(AppendResult.Appended.class);
    return transition.after();
  }

  /** The session {@code moves} steps of a {@link #life} later; at least one, its beginning. */
  public static Session live(LeaseStore store, String ue, String key, int moves) {
    Session session = begin(store, ue, "nef-1", key);
    for (Function<Session, SessionEvent> next : life().subList(0, moves)) {
      session = append(store, session, next.apply(session));
    }
    return session;
  }

  /** A whole life with every kind of state: paged, moved, moved back, drained, ended. */
  public static List<Function<Session, SessionEvent>> life() {
    return List.of(
        s -> Samples.committed(s, NOW),
        s -> Samples.activated(s, NOW),
        s -> Samples.renewed(s, NOW),
        s -> Samples.extended(s, Duration.ofMinutes(1), NOW),
        s -> Samples.moveDecided("TEST"),
        s -> Samples.targetCommitted(s, NOW),
        s -> Samples.switched(s, NOW),
        s -> Samples.switchedBack(s, NOW),
        s -> new SessionEvent.OldPathRestored(),
        s -> Samples.moveDecided("AGAIN"),
        s -> Samples.targetCommitted(s, NOW),
        s -> Samples.switched(s, NOW),
        s -> new SessionEvent.Moved(),
        s -> Samples.drainEnded(s, NOW),
        s -> new SessionEvent.LeaseRemoved(s.state().removing().getFirst().id()),
        s -> Samples.ended(s, Samples.RELEASE, NOW),
        s -> new SessionEvent.Finished());
  }
}
