package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.SessionId;

/** A paged session that is about to move. */
abstract class RelocationScenario {
  final World world = new World();
  final Session session = world.paged();
  final SessionId id = session.id();

  final RelocationOutcome relocate(String wanted) {
    return world.relocation.relocate(id, Wish.to(wanted), "TEST", world.call().deadline());
  }

  final Active active() {
    return (Active) world.session(id).state();
  }
}
