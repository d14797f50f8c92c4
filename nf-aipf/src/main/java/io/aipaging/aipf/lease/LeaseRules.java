package io.aipaging.aipf.lease;

import java.time.Instant;
import java.util.List;

/** What may happen to a session, and what follows from it: a pure function of its arguments. */
public interface LeaseRules {
  /**
   * A session begins: PREPARING, nothing signed.
   *
   * @param facts what will never change
   * @param page how it begins
   */
  Transition begin(SessionFacts facts, Beginning page, Instant now);

  /** What {@code event} at {@code now} makes of {@code session}. */
  Decision decide(Session session, SessionEvent event, Instant now);

  /**
   * What a session owes the network as it is, in order: everything that has to be carried out again
   * where nobody knows whether it was. What has stopped by itself at {@code now} is not owed.
   */
  List<Effect> owed(Session session, Instant now);

  /** What a lease that ended in a living session still owes the network: steering, then anchor. */
  List<Effect> owed(Lease.Ended lease, Instant now);

  /** Whether no enforcer can hold anything of {@code session} any more, by anybody's clock. */
  boolean over(Session session, Instant now);

  /**
   * How a session begins.
   *
   * @param expiresAt wanted end, at most {@link SessionFacts#expiresAtMax}
   * @param deadline when its page must be finished
   * @param runner whose page it is, see {@link Ownership#runner}
   */
  record Beginning(Instant expiresAt, Instant deadline, String runner) {}
}
