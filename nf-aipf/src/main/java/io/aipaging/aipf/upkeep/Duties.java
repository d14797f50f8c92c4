package io.aipaging.aipf.upkeep;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import java.util.Optional;

/** Carries out what a session needs, through the procedure whose part it is. */
final class Duties {
  private final SessionKeeper.Procedures procedures;
  private final LeaseStore store;

  Duties(SessionKeeper.Procedures procedures, LeaseStore store) {
    this.procedures = procedures;
    this.store = store;
  }

  /**
   * Does it.
   *
   * @return the session afterwards: of the same version when nothing moved it; empty when it is
   *     gone
   */
  Optional<Session> carryOut(Task.Kind kind, Session session) throws NotAppended {
    Session after =
        switch (kind) {
          case EXPIRE -> procedures.ends().endRead(session, EndCause.TIME_OVER).orElse(session);
          case RESUME_PAGE -> {
            var _ = procedures.pages().resume(session);
            yield session;
          }
          case RESUME_MOVE -> {
            var _ = procedures.relocation().resume(session);
            yield session;
          }
          case END_DRAIN -> procedures.drains().endDrain(session, "DRAINED");
          case RENEW_LEASE -> procedures.renew().renewLease(session).orElse(session);
          case REMOVE_LEASE -> procedures.drains().removeEnded(session);
          case FINISH_ENDING -> procedures.ends().finish(session);
        };
    return after.version() == session.version() ? store.find(session.id()) : Optional.of(after);
  }
}
