package io.aipaging.aexf.admission;

import io.aipaging.aexf.Commits;
import io.aipaging.aexf.TestTime;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.openapi.admission.AnchorStatus;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.openapi.admission.Hold;
import io.aipaging.openapi.admission.ReleaseHold;
import io.aipaging.openapi.admission.SetDrain;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.enforcer.EnforcerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An admission service on hand-moved clocks, and who talks to it. */
final class AdmissionKit {
  static final Duration MARGIN = Duration.ofMillis(250);
  static final Duration TERM = Duration.ofSeconds(30);

  final SigningKeys keys = SigningKeys.generate();
  final CommitSigner signer = new CommitSigner(keys);
  final TestTime time = new TestTime();
  final MemoryJournal journal = new MemoryJournal();
  final List<SessionId> changed = new ArrayList<>();
  final Commits commits = Commits.standard();
  boolean healthy = true;
  AdmissionService service;

  AdmissionKit(int slots) {
    start(slots);
  }

  /** A new process on the same journal. */
  void start(int slots) {
    journal.reopen();
    EnforcerClock clock = new EnforcerClock(time, time::bootNanos, MARGIN, MARGIN);
    service =
        new AdmissionService(
            new AnchorProfile(Commits.ANCHOR, Commits.ENFORCER, Set.of(Commits.AISI), slots),
            new CommitVerifier(
                KeySet.ofJwks(keys.jwks()), Commits.ISSUER, Commits.ENFORCER, MARGIN),
            clock,
            new AdmissionService.Ports(journal, new Load(), (delay, task) -> {}));
    service.watch(changed::add);
  }

  Instant now() {
    return time.instant();
  }

  Hold hold(String lease, String session) {
    return hold(lease, session, 5_000);
  }

  Hold hold(String lease, String session, int ttlMs) {
    return service.createHold(
        call(), new CreateHold(lease, session, Commits.AISI.toString(), ttlMs));
  }

  void release(String lease) {
    service.releaseHold(call(), new ReleaseHold(lease));
  }

  AdmittedLease apply(Commit commit) {
    return apply(signer.sign(commit));
  }

  AdmittedLease apply(String token) {
    return service.applyCommit(call(), new ApplyCommit(token));
  }

  /** As {@link #apply(Commit)}, from a sender whose clock is so much ahead. */
  AdmittedLease applyAhead(Duration ahead, Commit commit) {
    Call call = new Call("aipf-1", now().plusSeconds(5), null, now().plus(ahead));
    return service.applyCommit(call, new ApplyCommit(signer.sign(commit)));
  }

  AdmittedLease serve(String lease, String session, long gen) {
    return apply(commits.serve(lease, session, gen, now(), TERM));
  }

  AnchorStatus status() {
    return service.getStatus(call(), new GetStatus());
  }

  AnchorStatus drain(boolean draining) {
    return service.setDrain(call(), new SetDrain(draining));
  }

  LiveLease live(String session) {
    return service.find(new SessionId(session));
  }

  Call call() {
    return Call.within("aipf-1", now(), Duration.ofSeconds(5));
  }

  private final class Load implements AnchorLoad {
    @Override
    public boolean healthy() {
      return healthy;
    }

    @Override
    public int requestsInFlight() {
      return 0;
    }
  }

  /** A journal that can be told to fail. */
  static final class MemoryJournal implements FenceJournal {
    final List<String> lines = new ArrayList<>();
    private List<String> recovered = List.of();
    boolean failing;

    void reopen() {
      recovered = List.copyOf(lines);
    }

    @Override
    public List<String> recovered() {
      return recovered;
    }

    @Override
    public int lines() {
      return lines.size();
    }

    @Override
    public void append(String line) {
      if (failing) {
        throw new IllegalStateException("disk full");
      }
      lines.add(line);
    }

    @Override
    public void rewrite(List<String> kept) {
      lines.clear();
      lines.addAll(kept);
    }
  }
}
