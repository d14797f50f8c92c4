package io.aipaging.simulation.bugs;

import io.aipaging.aipf.lease.Decision;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseRules;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.Transition;
import java.time.Instant;
import java.util.List;

/** Rules in front of others; as they are, they pass everything on. */
class Machines implements LeaseRules {
  final LeaseRules real;

  Machines(LeaseRules real) {
    this.real = real;
  }

  @Override
  public Transition begin(SessionFacts facts, Beginning page, Instant now) {
    return real.begin(facts, page, now);
  }

  @Override
  public Decision decide(Session session, SessionEvent event, Instant now) {
    return real.decide(session, event, now);
  }

  @Override
  public List<Effect> owed(Session session, Instant now) {
    return real.owed(session, now);
  }

  @Override
  public List<Effect> owed(Lease.Ended lease, Instant now) {
    return real.owed(lease, now);
  }

  @Override
  public boolean over(Session session, Instant now) {
    return real.over(session, now);
  }
}
