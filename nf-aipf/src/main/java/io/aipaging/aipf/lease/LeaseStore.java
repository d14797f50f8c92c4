package io.aipaging.aipf.lease;

import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Port to all of the AIPF's state. Blocks; any thread may call. Every driver passes {@code
 * LeaseStoreContract}.
 */
public interface LeaseStore {
  /** A terminal session stays readable at least so long (lease-protocol §4). */
  Duration READABLE_MIN = Duration.ofMinutes(6);

  /**
   * Writes state and evidence of one transition in one atomic, durable step, if the session is
   * still at {@link Transition#expectedVersion}. In the same step the evidence is chained to the
   * session's last record, and a session that begins is checked for its flow (no other live session
   * has it) and its idempotency key (no other session of the consumer has it).
   */
  AppendResult append(Transition transition);

  /**
   * Appends two transitions of one session, the second based on the first: in one step where the
   * driver can, else one after the other. What was done says the last one that was tried.
   *
   * @param first not a session's beginning
   */
  default AppendResult append(Transition first, Transition then) {
    AppendResult result = append(first);
    return result instanceof AppendResult.Appended ? append(then) : result;
  }

  /** The session; empty when it never was or is compacted. */
  Optional<Session> find(SessionId id);

  /** The session a consumer paged with {@code key}. */
  Optional<Session> findByKey(String consumer, String key);

  /**
   * Sessions by id.
   *
   * @param limit 1 or more
   * @param token from the previous answer, or null
   * @throws IllegalArgumentException when the token is not one
   */
  SessionPage list(SessionQuery query, int limit, @Nullable String token);

  /**
   * Evidence of a session in order, canonical form byte for byte; outlives the session's row.
   *
   * @param fromSeq first sequence number wanted, 1 or more
   * @param limit 1 or more
   */
  List<String> evidence(SessionId id, long fromSeq, int limit);

  /**
   * Waits until the session has left {@code version} behind.
   *
   * @param atMost longest wait
   * @return the session as it is then, changed or not; empty when it is not known
   */
  Optional<Session> awaitChange(SessionId id, long version, Duration atMost);

  /**
   * Forgets terminal sessions that ended {@link #READABLE_MIN} or longer ago; their evidence stays
   * for the retention period. Never touches one that is not terminal.
   *
   * @return how many
   */
  int compact(Instant now);
}
