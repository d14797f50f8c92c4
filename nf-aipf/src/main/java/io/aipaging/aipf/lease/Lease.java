package io.aipaging.aipf.lease;

import io.aipaging.protocol.LeaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One admission at one anchor (lease-protocol §4). Every state carries only what is true in it. */
public sealed interface Lease {
  /** Lease id. */
  LeaseId id();

  /** Where. */
  LeaseAnchor anchor();

  /** Generation of its newest COMMIT, 0 before the first. */
  long gen();

  /** When it ends by itself. */
  Instant expiresAt();

  /** The state's name on the wire and in evidence. */
  String name();

  /** Committed, serving or draining: an enforcer may act on it. */
  sealed interface Live extends Lease {
    /** Its newest COMMIT. */
    SignedCommit commit();

    @Override
    default LeaseId id() {
      return commit().commit().lease();
    }

    @Override
    default long gen() {
      return commit().commit().gen();
    }

    @Override
    default Instant expiresAt() {
      return commit().commit().expiresAt();
    }

    /** When the last of its COMMITs ends, an earlier one that an enforcer may still hold too. */
    default Instant lastUntil() {
      return expiresAt();
    }
  }

  /**
   * A slot is held for a short time; nothing is signed.
   *
   * @param id lease id
   * @param anchor where
   * @param expiresAt when the hold falls free
   */
  record Held(LeaseId id, LeaseAnchor anchor, Instant expiresAt) implements Lease {
    @Override
    public long gen() {
      return 0;
    }

    @Override
    public String name() {
      return "HELD";
    }
  }

  /**
   * Signed and durable.
   *
   * @param commit the COMMIT that made it
   * @param anchor where
   */
  record Committed(SignedCommit commit, LeaseAnchor anchor) implements Live {
    @Override
    public String name() {
      return "COMMITTED";
    }

    Serving serving() {
      return new Serving(commit, anchor);
    }
  }

  /**
   * Steered to.
   *
   * @param commit its newest {@code serve}
   * @param anchor where
   */
  record Serving(SignedCommit commit, LeaseAnchor anchor) implements Live {
    @Override
    public String name() {
      return "SERVING";
    }
  }

  /**
   * Keeps old flows, takes no new ones, is never renewed.
   *
   * @param commit its {@code drain}
   * @param served the COMMIT before it: what an undone move goes back to
   * @param anchor where
   */
  record Draining(SignedCommit commit, SignedCommit served, LeaseAnchor anchor) implements Live {
    @Override
    public String name() {
      return "DRAINING";
    }

    /** When the lease it was ended: a move can be undone until then. */
    public Instant servedUntil() {
      return served.commit().expiresAt();
    }

    @Override
    public Instant lastUntil() {
      return servedUntil();
    }
  }

  /**
   * Over.
   *
   * @param id lease id
   * @param anchor where
   * @param expiresAt after this time no enforcer obeys any of its COMMITs
   * @param reason why
   * @param end its {@code end}; null when the session's {@code end} covers it
   * @param gen generation of its newest COMMIT
   */
  record Ended(
      LeaseId id,
      LeaseAnchor anchor,
      Instant expiresAt,
      EndReason reason,
      @Nullable SignedCommit end,
      long gen)
      implements Lease {
    @Override
    public String name() {
      return "ENDED";
    }
  }
}
