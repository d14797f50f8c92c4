package io.aipaging.simulation.bugs;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.GrantList;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.openapi.steering.ProbeResult;

/** A steering service in front of another; as it is, it passes everything on. */
class Gates implements NsmfadapterSteering {
  final NsmfadapterSteering real;

  Gates(NsmfadapterSteering real) {
    this.real = real;
  }

  @Override
  public AppliedCommits applyCommits(Call call, ApplyCommits request) {
    return real.applyCommits(call, request);
  }

  @Override
  public GrantList listGrants(Call call, ListGrants request) {
    return real.listGrants(call, request);
  }

  @Override
  public ProbeResult probeCommit(Call call, ProbeCommit request) {
    return real.probeCommit(call, request);
  }
}
