package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft;
import io.aipaging.aipf.evidence.EvidenceDraft.About;
import io.aipaging.aipf.evidence.EvidenceDraft.Why;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.LeaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all rules of {@link LeaseMachine} share: checks of COMMITs, evidence, effects. */
final class Rules {
  static final String STATE = "INCOMPATIBLE_STATE";
  static final String LATE = "TOO_LATE";
  static final String EARLY = "TOO_EARLY";
  static final String MISMATCH = "COMMIT_MISMATCH";

  private Rules() {}

  /** A {@code serve} or {@code drain} that may become the newest COMMIT of {@code lease}. */
  static void requireGrant(
      Session session, SignedCommit signed, CommitRole role, LeaseId lease, Instant now) {
    requireNext(session, signed, role, session.nextGen());
    Commit commit = signed.commit();
    IllegalMove.unless(commit.lease().equals(lease), MISMATCH);
    IllegalMove.unless(now.isBefore(commit.expiresAt()), LATE);
    IllegalMove.unless(!commit.expiresAt().isAfter(session.expiresAt()), MISMATCH);
  }

  /** An {@code end} that takes generation {@code gen}. */
  static void requireEnd(Session session, SignedCommit signed, EndScope scope, long gen) {
    requireNext(session, signed, CommitRole.END, gen);
    IllegalMove.unless(signed.commit().endScope() == scope, MISMATCH);
  }

  private static void requireNext(Session session, SignedCommit signed, CommitRole role, long gen) {
    Commit commit = signed.commit();
    IllegalMove.unless(
        commit.session().equals(session.id())
            && commit.role() == role
            && commit.gen() == gen
            && commit.aisi().equals(session.facts().service().aisi())
            && commit.flow().equals(session.facts().flow()),
        MISMATCH);
  }

  /** The COMMIT admits to exactly that anchor and its gate. */
  static void requireAnchor(SignedCommit signed, LeaseAnchor anchor) {
    IllegalMove.unless(
        signed.commit().anchor().equals(anchor.ref())
            && signed.commit().audience().equals(anchor.enforcers()),
        MISMATCH);
  }

  static Lease.Ended ended(Lease.Live lease, EndReason reason, @Nullable SignedCommit end) {
    long gen = end == null ? lease.gen() : end.commit().gen();
    return new Lease.Ended(lease.id(), lease.anchor(), lease.lastUntil(), reason, end, gen);
  }

  /** Evidence of a move of the session itself. */
  static EvidenceDraft evidence(
      Session before, String type, SessionState to, @Nullable About about, Why why, Instant now) {
    return evidence(before, type, before.state().name(), to.name(), about, why, now);
  }

  /** Evidence of a move of one of its leases. */
  static EvidenceDraft evidence(
      Session session,
      String type,
      @Nullable String from,
      String to,
      @Nullable About about,
      Why why,
      Instant now) {
    return new EvidenceDraft(
        now,
        type,
        session.id(),
        session.facts().service().aisi(),
        session.facts().subject(),
        from,
        to,
        about,
        why);
  }

  static About about(Lease lease) {
    return About.lease(lease.id(), lease.anchor().id());
  }

  static About about(SignedCommit signed) {
    return About.commit(signed.commit(), signed.sha256());
  }

  static Why trigger(String trigger) {
    return new Why(null, trigger);
  }

  /** One step per gate: a COMMIT goes to the gate in front of its anchor. */
  static List<Effect> atGates(Map<SignedCommit, LeaseAnchor> commits) {
    Map<String, List<SignedCommit>> byGate = new LinkedHashMap<>();
    commits.forEach(
        (commit, anchor) ->
            byGate.computeIfAbsent(anchor.gateId(), gate -> new ArrayList<>()).add(commit));
    List<Effect> effects = new ArrayList<>();
    byGate.forEach((gate, all) -> effects.add(new Effect.ApplyAtGate(gate, all)));
    return effects;
  }

  /** The newest COMMITs of {@code leases}, at their anchors and then, together, at their gates. */
  static List<Effect> installed(List<? extends Lease.Live> leases) {
    Map<SignedCommit, LeaseAnchor> commits = new LinkedHashMap<>();
    List<Effect> effects = new ArrayList<>();
    for (Lease.Live lease : leases) {
      commits.put(lease.commit(), lease.anchor());
      effects.add(new Effect.ApplyAtAnchor(lease.anchor().id(), lease.commit()));
    }
    effects.addAll(atGates(commits));
    return effects;
  }

  /** A COMMIT for the gate of {@code anchor} and then its agent. */
  static List<Effect> gateThenAnchor(SignedCommit commit, LeaseAnchor anchor) {
    return List.of(
        new Effect.ApplyAtGate(anchor.gateId(), List.of(commit)),
        new Effect.ApplyAtAnchor(anchor.id(), commit));
  }
}
