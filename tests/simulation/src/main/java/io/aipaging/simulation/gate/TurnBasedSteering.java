package io.aipaging.simulation.gate;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.GrantList;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.simulation.engine.Turnstile;
import io.aipaging.smfadapter.steering.SteeringService;

/**
 * The real service with its lock made visible to coroutines: all of them run on one thread, which a
 * real lock would let in again.
 */
final class TurnBasedSteering implements NsmfadapterSteering {
  private final SteeringService service;
  private final Turnstile turnstile;

  TurnBasedSteering(SteeringService service, Turnstile turnstile) {
    this.service = service;
    this.turnstile = turnstile;
  }

  @Override
  public AppliedCommits applyCommits(Call call, ApplyCommits request) {
    turnstile.enter();
    try {
      return service.applyCommits(call, request);
    } finally {
      turnstile.leave();
    }
  }

  @Override
  public GrantList listGrants(Call call, ListGrants request) {
    turnstile.enter();
    try {
      return service.listGrants(call, request);
    } finally {
      turnstile.leave();
    }
  }

  /** It gives way only where the real one does not hold its lock. */
  @Override
  public ProbeResult probeCommit(Call call, ProbeCommit request) {
    turnstile.awaitFree();
    return service.probeCommit(call, request);
  }

  void keepTime() {
    turnstile.enter();
    try {
      service.keepTime();
    } finally {
      turnstile.leave();
    }
  }
}
