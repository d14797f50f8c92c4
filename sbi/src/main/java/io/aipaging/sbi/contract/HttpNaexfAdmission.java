package io.aipaging.sbi.contract;

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
import io.aipaging.sbi.client.SbiClient;

/** {@code NaexfAdmission} of a peer, over HTTP. */
public final class HttpNaexfAdmission implements NaexfAdmission {
  private final SbiClient client;

  public HttpNaexfAdmission(SbiClient client) {
    this.client = client;
  }

  @Override
  public Hold createHold(Call call, CreateHold request) {
    return client.call(CREATE_HOLD, call, request);
  }

  @Override
  public NoContent releaseHold(Call call, ReleaseHold request) {
    return client.call(RELEASE_HOLD, call, request);
  }

  @Override
  public AdmittedLease applyCommit(Call call, ApplyCommit request) {
    return client.call(APPLY_COMMIT, call, request);
  }

  @Override
  public AnchorStatus getStatus(Call call, GetStatus request) {
    return client.call(GET_STATUS, call, request);
  }

  @Override
  public LeaseList listLeases(Call call, ListLeases request) {
    return client.call(LIST_LEASES, call, request);
  }

  @Override
  public AnchorStatus setDrain(Call call, SetDrain request) {
    return client.call(SET_DRAIN, call, request);
  }
}
