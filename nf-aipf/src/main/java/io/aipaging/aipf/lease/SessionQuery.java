package io.aipaging.aipf.lease;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.UeAddress;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are wanted; null members do not restrict.
 *
 * @param state state's name
 * @param ue UE address
 * @param anchorId anchor with a live lease of the session
 * @param afId application function
 * @param aisi AI service
 * @param endsBefore sessions whose own end is earlier
 * @param unfinished sessions that are not terminal; null wants terminal ones too
 */
public record SessionQuery(
    @Nullable String state,
    @Nullable UeAddress ue,
    @Nullable String anchorId,
    @Nullable String afId,
    @Nullable Aisi aisi,
    @Nullable Instant endsBefore,
    @Nullable Unfinished unfinished) {
  /** All sessions. */
  public static final SessionQuery ALL = new SessionQuery(null, null, null, null, null, null, null);

  /**
   * Sessions somebody still has to look after.
   *
   * @param shards in these shards
   */
  public record Unfinished(Set<Shard> shards) {
    public Unfinished {
      shards = Set.copyOf(shards);
    }

    private boolean has(Session session) {
      return !session.terminal() && shards.contains(Shard.of(session.id()));
    }
  }

  /** Sessions with a live lease at {@code anchorId}. */
  public static SessionQuery atAnchor(String anchorId) {
    return new SessionQuery(null, null, anchorId, null, null, null, null);
  }

  /** Sessions in {@code state}. */
  public static SessionQuery inState(String state) {
    return new SessionQuery(state, null, null, null, null, null, null);
  }

  /** Sessions in {@code shards} that are not terminal. */
  public static SessionQuery unfinished(Set<Shard> shards) {
    return new SessionQuery(null, null, null, null, null, null, new Unfinished(shards));
  }

  /** Whether {@code session} is wanted. */
  public boolean matches(Session session) {
    SessionFacts facts = session.facts();
    return (state == null || state.equals(session.state().name()))
        && (ue == null || ue.equals(facts.subscriber().ue()))
        && (afId == null || afId.equals(facts.origin().afId()))
        && (aisi == null || aisi.equals(facts.service().aisi()))
        && (endsBefore == null || session.expiresAt().isBefore(endsBefore))
        && (unfinished == null || unfinished.has(session))
        && (anchorId == null
            || session.state().live().stream()
                .anyMatch(lease -> lease.anchor().id().equals(anchorId)));
  }
}
