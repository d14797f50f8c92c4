package io.aipaging.simulation.bugs;

import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.SessionId;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.signing.HashSigning;
import io.aipaging.simulation.variant.Variant;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whoever reads the row of a lease that is over sees some seconds left, and renews it. */
final class ExpiryReadLate extends Variant {
  private static final Duration LEFT = Duration.ofSeconds(6);
  private @Nullable Timeline timeline;

  @Override
  public void begin(Timeline time, HashSigning signing) {
    timeline = time;
  }

  @Override
  public LeaseStore store(LeaseStore real) {
    return new Stores(real) {
      @Override
      public Optional<Session> find(SessionId id) {
        return real.find(id).map(ExpiryReadLate.this::read);
      }
    };
  }

  @SuppressWarnings("NullAway") // does not see that a state may have no draining lease
  private Session read(Session session) {
    Timeline time = timeline;
    if (time == null
        || !(session.state() instanceof SessionState.Active active)
        || time.instant().isBefore(active.serving().expiresAt())) {
      return session;
    }
    Lease.Serving serving = active.serving();
    SignedCommit signed =
        new SignedCommit(longer(serving.commit().commit()), serving.commit().jws());
    return new Session(
        session.facts(),
        session.version(),
        session.gen(),
        session.expiresAt(),
        session.qos(),
        session.residence(),
        session.token(),
        new SessionState.Active(
            new Lease.Serving(signed, serving.anchor()), active.draining(), active.removing()));
  }

  private static Commit longer(Commit commit) {
    return new Commit(
        commit.issuer(),
        commit.audience(),
        commit.jti(),
        commit.lease(),
        commit.session(),
        commit.aisi(),
        commit.gen(),
        commit.role(),
        commit.endScope(),
        commit.issuedAt(),
        commit.notBefore(),
        commit.expiresAt().plus(LEFT),
        commit.anchor(),
        commit.flow(),
        commit.qos());
  }
}
