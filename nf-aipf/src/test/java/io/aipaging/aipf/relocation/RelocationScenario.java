package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.SessionId;
import java.time.Duration;

/** A paged session that is about to move. */
abstract class RelocationScenario {
  /** Leases that need no renewal however long a test waits. */
  static final LeaseTerms LONG =
      new LeaseTerms(
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofSeconds(2));

  final World world;
  final Session session;
  final SessionId id;

  RelocationScenario() {
    this(LeaseTerms.DEFAULT);
  }

  RelocationScenario(LeaseTerms terms) {
    world = new World(terms, 1_000);
    session = world.paged();
    id = session.id();
  }

  final RelocationOutcome relocate(String wanted) {
    return world.relocation.relocate(id, Wish.to(wanted), "TEST", world.call().deadline());
  }

  final Active active() {
    return (Active) world.session(id).state();
  }
}
