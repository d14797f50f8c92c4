package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.SessionId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the core was told of a flow.
 *
 * @param id its name at the core
 * @param flow null where it is from before a restart
 * @param dnai where the flow should leave the core; empty where that is not known
 * @param session whose lease it was asked for
 * @param notifId where the core tells of it; empty where it does not
 * @param sinceNanos when it came into this phase
 */
record KnownPath(
    String id,
    @Nullable Flow flow,
    String dnai,
    @Nullable SessionId session,
    String notifId,
    Phase phase,
    long sinceNanos) {
  /** How far a path is. */
  enum Phase {
    /** Being asked for. */
    ASKED,
    /** The core's answer is not known: to be asked for again. */
    UNSURE,
    /** The core has accepted it. */
    ACCEPTED,
    /** The core says it is in use. */
    STEERED,
    /** The core chooses it, and tells of changes. */
    WATCHED,
    /** It came to nothing, and is not asked for again. */
    LEFT
  }

  KnownPath in(Phase next, long nanos) {
    return new KnownPath(id, flow, dnai, session, notifId, next, nanos);
  }

  /** Whether it was asked for like this. */
  boolean isFor(String where, @Nullable SessionId whose) {
    return dnai.equals(where) && Objects.equals(session, whose);
  }

  /** Whether the core may still say that it is in use. */
  boolean awaits() {
    return phase == Phase.ASKED || phase == Phase.UNSURE || phase == Phase.ACCEPTED;
  }
}
