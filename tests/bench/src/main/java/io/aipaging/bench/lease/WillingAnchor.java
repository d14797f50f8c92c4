package io.aipaging.bench.lease;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.openapi.admission.AnchorStatus;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.openapi.admission.Hold;
import io.aipaging.openapi.admission.LeaseList;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.admission.ReleaseHold;
import io.aipaging.openapi.admission.SetDrain;
import java.time.InstantSource;

/** An anchor that is well, admits everybody and says when it did. */
final class WillingAnchor implements NaexfAdmission {
  private static final int SLOTS = 4_000_000;
  private final String id;
  private final InstantSource clock;
  private final Runnable admitted;

  WillingAnchor(String id, InstantSource clock, Runnable admitted) {
    this.id = id;
    this.clock = clock;
    this.admitted = admitted;
  }

  @Override
  public Hold createHold(Call call, CreateHold request) {
    return new Hold(request.leaseId(), id, clock.instant().plusMillis(request.ttlMs()));
  }

  @Override
  public NoContent releaseHold(Call call, ReleaseHold request) {
    return NoContent.INSTANCE;
  }

  @Override
  public AdmittedLease applyCommit(Call call, ApplyCommit request) {
    admitted.run();
    return new AdmittedLease("lease", "session", 1, "serve", 0);
  }

  @Override
  public AnchorStatus getStatus(Call call, GetStatus request) {
    return status(id);
  }

  static AnchorStatus status(String id) {
    return new AnchorStatus(id, "aexf-" + id, true, false, SLOTS, 0, 0);
  }

  @Override
  public AnchorStatus setDrain(Call call, SetDrain request) {
    return status(id);
  }

  @Override
  public LeaseList listLeases(Call call, ListLeases request) {
    throw WillingPeers.noLists();
  }
}
