package io.aipaging.protocol;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an enforcer remembers of one session so that it never obeys an older COMMIT after a newer
 * one (lease-protocol §3). A value: {@link #decide} says what would be next and changes nothing.
 *
 * @param serveGen highest {@code serve} generation accepted, 0 if none
 * @param endedGen generation of the highest {@code end} of the whole session, 0 if none
 * @param retainUntil the fence may be forgotten after this time: every COMMIT it refuses has
 *     expired
 * @param leases the newest COMMIT accepted of each lease
 */
public record SessionFence(
    long serveGen, long endedGen, Instant retainUntil, Map<LeaseId, LeaseFence> leases) {
  private static final int LEASES_MAX = 256; // a journal line of such a fence is below 64 KiB

  /** A session never heard of. */
  public static final SessionFence NONE = new SessionFence(0, 0, Instant.EPOCH, Map.of());

  public SessionFence {
    leases = Map.copyOf(leases);
  }

  /**
   * The newest COMMIT accepted of a lease.
   *
   * @param gen its generation
   * @param role its role
   * @param commitSha256 SHA-256 of its compact serialization, hexadecimal
   * @param retainUntil latest expiry of the COMMITs accepted of the lease
   */
  public record LeaseFence(long gen, CommitRole role, String commitSha256, Instant retainUntil) {}

  /** What the fence says of a COMMIT. */
  public sealed interface Decision {
    /** New and in order; {@code next} is the fence once it is obeyed. */
    record Accepted(SessionFence next) implements Decision {}

    /** The last accepted of its lease once more: a reinstallation. */
    record Identical() implements Decision {}

    /** Out of date; {@code rule} says which generation is in the way. */
    record Refused(String rule) implements Decision {}
  }

  /**
   * Decides about a verified COMMIT of this session.
   *
   * @param commit verified by {@link CommitVerifier}
   * @param commitSha256 SHA-256 of its compact serialization, hexadecimal
   */
  public Decision decide(Commit commit, String commitSha256) {
    LeaseFence lease = leases.get(commit.lease());
    boolean repeated = lease != null && lease.commitSha256().equals(commitSha256);
    if (repeated && commit.role() == CommitRole.END) {
      return new Decision.Identical(); // its sender may not have seen the answer
    }
    if (endedGen >= commit.gen()) {
      return new Decision.Refused("the session ended with generation " + endedGen);
    }
    if (commit.role() == CommitRole.SERVE && serveGen > commit.gen()) {
      return new Decision.Refused("generation " + serveGen + " serves the session");
    }
    if (repeated) {
      return new Decision.Identical();
    }
    if (lease != null && lease.gen() >= commit.gen()) {
      return new Decision.Refused("the lease is at generation " + lease.gen());
    }
    if (commit.role() == CommitRole.SERVE && serveGen == commit.gen()) {
      return new Decision.Refused("generation " + serveGen + " serves another lease");
    }
    if (lease == null && leases.size() >= LEASES_MAX && commit.role() != CommitRole.END) {
      return new Decision.Refused("the session has " + LEASES_MAX + " leases already");
    }
    return new Decision.Accepted(after(commit, commitSha256));
  }

  /** Without the leases of which every COMMIT has expired at {@code now}. */
  SessionFence pruned(Instant now) {
    Map<LeaseId, LeaseFence> kept = new HashMap<>(leases);
    kept.values().removeIf(lease -> lease.retainUntil().isBefore(now));
    return kept.size() == leases.size()
        ? this
        : new SessionFence(serveGen, endedGen, retainUntil, kept);
  }

  private SessionFence after(Commit commit, String commitSha256) {
    Map<LeaseId, LeaseFence> next = new HashMap<>(leases);
    LeaseFence before = leases.get(commit.lease());
    next.put(
        commit.lease(),
        new LeaseFence(
            commit.gen(),
            commit.role(),
            commitSha256,
            later(commit.expiresAt(), before == null ? null : before.retainUntil())));
    boolean endsSession = commit.endScope() == EndScope.SESSION;
    return new SessionFence(
        commit.role() == CommitRole.SERVE ? commit.gen() : serveGen,
        endsSession ? commit.gen() : endedGen,
        later(retainUntil, commit.expiresAt()),
        next);
  }

  private static Instant later(Instant a, @Nullable Instant b) {
    return b != null && b.isAfter(a) ? b : a;
  }
}
