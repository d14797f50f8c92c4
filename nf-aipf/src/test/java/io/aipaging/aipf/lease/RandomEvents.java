package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.ISSUER;

import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SessionState.Relocating;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Events for random walks: of every kind, signed as they must be, legal or not. */
final class RandomEvents {
  private RandomEvents() {}

  /** What may or may not be legal now. */
  static SessionEvent next(Session session, Instant now, Random random) {
    boolean paging = session.state() instanceof SessionState.Preparing;
    return switch (random.nextInt(paging ? 3 : 18)) {
      case 0 -> Samples.committed(session, now);
      case 1 -> Samples.activated(session, now);
      case 2, 3 -> Samples.renewed(session, now);
      case 4 -> Samples.extended(session, Duration.ofSeconds(random.nextInt(90)), now);
      case 5 -> Samples.moveDecided("TEST", random.nextInt(4) == 0);
      case 6 -> Samples.targetCommitted(session, now);
      case 7 -> Samples.switched(session, now);
      case 8 -> new SessionEvent.Moved();
      case 9 -> Samples.keptOldPath(session, now);
      case 10 -> Samples.switchedBack(session, now);
      case 11 -> new SessionEvent.OldPathRestored();
      case 12 -> Samples.drainEnded(session, now);
      case 13 -> removed(session);
      case 14 -> rarely(session, now, random);
      case 15 -> new SessionEvent.QosReported(QosStanding.enforcement("CONFIRMED"));
      case 16 -> Samples.pathChanged();
      default -> new SessionEvent.Finished();
    };
  }

  private static SessionEvent removed(Session session) {
    return new SessionEvent.LeaseRemoved(
        session.state().removing().isEmpty()
            ? Samples.hold(Samples.A).id()
            : session.state().removing().getFirst().id());
  }

  /** Ends one time in twenty, else pushes a stuck move along. */
  private static SessionEvent rarely(Session session, Instant now, Random random) {
    if (random.nextInt(20) == 0) {
      return Samples.ended(session, Samples.RELEASE, now);
    }
    return session.state()
            instanceof Relocating(SessionState.Errand _, Move.Switched _, List<Lease.Ended> _)
        ? new SessionEvent.Moved()
        : new SessionEvent.LeaseRenewed(
            ISSUER.renew(session, Samples.serving(session), session.expiresAt(), now));
  }
}
