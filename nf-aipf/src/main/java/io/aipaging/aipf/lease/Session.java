package io.aipaging.aipf.lease;

import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session as the store keeps it: a value, without a reference to anything alive.
 *
 * @param facts what never changes
 * @param version counts its transitions; an append names the one it is based on
 * @param gen generation of its newest COMMIT, 0 before the first
 * @param expiresAt its end unless extended
 * @param qos how its QoS stands
 * @param residence how settled it is
 * @param token what its client holds; null before ACTIVE and from ENDING on
 * @param state its state
 */
public record Session(
    SessionFacts facts,
    long version,
    long gen,
    Instant expiresAt,
    QosStanding qos,
    Residence residence,
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

  /**
   * Whether no enforcer can hold anything of it any more, whatever it was told: the last of its
   * COMMITs is over by every clock that keeps {@code skewBound}.
   */
  public boolean over(Instant now, Duration skewBound) {
    return Stream.concat(
            state.live().stream().map(Lease.Live::lastUntil),
            state.removing().stream().map(Lease::expiresAt))
        .noneMatch(end -> now.isBefore(end.plus(skewBound)));
  }

  /** The session one transition later, in {@code next}. */
  Session in(SessionState next) {
    return new Session(facts, version + 1, gen, expiresAt, qos, residence, token, next);
  }

  Session signed(long newest) {
    return new Session(facts, version, newest, expiresAt, qos, residence, token, state);
  }

  Session with(QosStanding standing) {
    return new Session(facts, version, gen, expiresAt, standing, residence, token, state);
  }

  Session with(@Nullable SignedToken given) {
    return new Session(facts, version, gen, expiresAt, qos, residence, given, state);
  }

  Session with(Residence changed) {
    return new Session(facts, version, gen, expiresAt, qos, changed, token, state);
  }

  Session until(Instant end) {
    return new Session(facts, version, gen, end, qos, residence, token, state);
  }
}
