package io.aipaging.aipf.world;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.AppliedCommit;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.GrantList;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An N6 gate in memory. Verifies every COMMIT, keeps fences, carries only what is granted. */
public final class FakeGate implements NsmfadapterSteering {
  public static final String ID = "gate-1";
  private final Enforcer enforcer;
  private final InstantSource clock;
  private final Faults faults;
  private final Map<String, FakeAnchor> anchors;

  FakeGate(
      CommitVerifier verifier,
      InstantSource clock,
      Faults faults,
      Map<String, FakeAnchor> anchors) {
    this.enforcer = new Enforcer(verifier, clock);
    this.clock = clock;
    this.faults = faults;
    this.anchors = anchors;
  }

  @Override
  public AppliedCommits applyCommits(Call call, ApplyCommits request) {
    faults.called("gate.applyCommits");
    synchronized (this) {
      requireOneOwnerPerFlow(request.commits());
      enforcer.obey(request.commits());
    }
    faults.answering("gate.applyCommits");
    return new AppliedCommits(grants().stream().map(this::applied).toList());
  }

  private void requireOneOwnerPerFlow(List<String> commits) {
    for (String jws : commits) {
      Commit commit = enforcer.verify(jws);
      boolean taken =
          enforcer.live().values().stream()
              .anyMatch(
                  grant ->
                      grant.flow().equals(commit.flow())
                          && !grant.session().equals(commit.session()));
      if (taken && commit.role() != CommitRole.END) {
        throw Refusal.of(409, "FLOW_IN_USE", "another session has the flow");
      }
    }
  }

  @Override
  public GrantList listGrants(Call call, ListGrants request) {
    faults.called("gate.listGrants");
    Listing.Page page = Listing.page(grants(), request.limit(), request.pageToken());
    faults.answering("gate.listGrants");
    return new GrantList(ID, "fake", page.leases(), page.nextToken());
  }

  @Override
  public ProbeResult probeCommit(Call call, ProbeCommit request) {
    faults.called("gate.probe" + request.phase());
    Commit commit = enforcer.verify(request.commit());
    FakeAnchor anchor = anchors.get(commit.anchor().id());
    boolean steered =
        request.phase().equals("REACHABLE")
            || grants().stream()
                .anyMatch(
                    grant ->
                        grant.role() == CommitRole.SERVE
                            && grant.lease().equals(commit.lease())
                            && grant.gen() == commit.gen());
    boolean admitted = anchor.admits(commit);
    faults.answering("gate.probe" + request.phase());
    return new ProbeResult(
        steered && admitted,
        commit.anchor().id(),
        commit.gen(),
        1,
        steered ? admitted ? null : "NOT_ADMITTED" : "NOT_STEERED");
  }

  private AppliedCommit applied(Commit commit) {
    long ms = Duration.between(clock.instant(), commit.expiresAt()).toMillis();
    return new AppliedCommit(
        commit.lease().value(), commit.session().value(), commit.gen(), commit.role().wire(), ms);
  }

  /** Something got in behind everybody's back. */
  public synchronized void plant(Commit commit) {
    enforcer.plant(commit);
  }

  /** Its process starts again and the kernel with it: fences are all it remembers. */
  public synchronized void restart() {
    enforcer.restart();
  }

  /** Its journal is gone. */
  public synchronized void forgetFences() {
    enforcer.forget();
  }

  /** The last {@code end} it obeyed. */
  public synchronized Commit lastEnd() {
    return enforcer.lastEnd();
  }

  /** COMMITs in force. */
  public synchronized Collection<Commit> grants() {
    return new ArrayList<>(enforcer.live().values());
  }

  /** Anchors that take new flows of a session: L1.4 wants one at most. */
  public List<String> serving(SessionId session) {
    return anchorsOf(session, CommitRole.SERVE);
  }

  /** Anchors that keep old flows of a session. */
  public List<String> draining(SessionId session) {
    return anchorsOf(session, CommitRole.DRAIN);
  }

  private List<String> anchorsOf(SessionId session, CommitRole role) {
    return grants().stream()
        .filter(grant -> grant.session().equals(session) && grant.role() == role)
        .map(grant -> grant.anchor().id())
        .toList();
  }

  /** When steering of a session stops by itself; EPOCH when it is not steered. */
  public Instant steeredUntil(SessionId session) {
    return grants().stream()
        .filter(grant -> grant.session().equals(session) && grant.role() == CommitRole.SERVE)
        .map(Commit::expiresAt)
        .findFirst()
        .orElse(Instant.EPOCH);
  }
}
