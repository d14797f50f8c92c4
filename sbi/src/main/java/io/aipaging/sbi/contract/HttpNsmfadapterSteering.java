package io.aipaging.sbi.contract;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.GrantList;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.sbi.client.SbiClient;

/** {@code NsmfadapterSteering} of a peer, over HTTP. */
public final class HttpNsmfadapterSteering implements NsmfadapterSteering {
  private final SbiClient client;

  public HttpNsmfadapterSteering(SbiClient client) {
    this.client = client;
  }

  @Override
  public AppliedCommits applyCommits(Call call, ApplyCommits request) {
    return client.call(APPLY_COMMITS, call, request);
  }

  @Override
  public GrantList listGrants(Call call, ListGrants request) {
    return client.call(LIST_GRANTS, call, request);
  }

  @Override
  public ProbeResult probeCommit(Call call, ProbeCommit request) {
    return client.call(PROBE_COMMIT, call, request);
  }
}
