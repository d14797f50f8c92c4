package io.aipaging.aipf.lease;

import io.aipaging.protocol.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as the store keeps it: a value, without a reference to anything alive.
 *
 * @param facts what never changes
 * @param version counts its transitions; an append names the one it is based on
 * @param gen generation of its newest COMMIT, 0 before the first
 * @param expiresAt its end unless extended
 * @param qos how its QoS stands
 * @param token what its client holds; null before ACTIVE and from ENDING on
 * @param state its state
 */
public record Session(
    SessionFacts facts,
    long version,
    long gen,
    Instant expiresAt,
    QosStanding qos,
    @Nullable SignedToken token,
    SessionState state) {
  /** Session id. */
  public SessionId id() {
    return facts.id();
  }

  /** The generation the next COMMIT takes. */
  public long nextGen() {
    return gen + 1;
  }

  /** Whether it is over. */
  public boolean terminal() {
    return state instanceof SessionState.Terminal;
  }

  /** The session one transition later, in {@code next}. */
  Session in(SessionState next) {
    return new Session(facts, version + 1, gen, expiresAt, qos, token, next);
  }

  Session signed(long newest) {
    return new Session(facts, version, newest, expiresAt, qos, token, state);
  }

  Session with(QosStanding standing) {
    return new Session(facts, version, gen, expiresAt, standing, token, state);
  }

  Session with(@Nullable SignedToken given) {
    return new Session(facts, version, gen, expiresAt, qos, given, state);
  }

  Session until(Instant end) {
    return new Session(facts, version, gen, end, qos, token, state);
  }
}
