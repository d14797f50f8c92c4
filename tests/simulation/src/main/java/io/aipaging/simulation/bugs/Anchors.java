package io.aipaging.simulation.bugs;

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

/** An admission service in front of another; as it is, it passes everything on. */
class Anchors implements NaexfAdmission {
  final NaexfAdmission real;

  Anchors(NaexfAdmission real) {
    this.real = real;
  }

  @Override
  public Hold createHold(Call call, CreateHold request) {
    return real.createHold(call, request);
  }

  @Override
  public NoContent releaseHold(Call call, ReleaseHold request) {
    return real.releaseHold(call, request);
  }

  @Override
  public AdmittedLease applyCommit(Call call, ApplyCommit request) {
    return real.applyCommit(call, request);
  }

  @Override
  public AnchorStatus getStatus(Call call, GetStatus request) {
    return real.getStatus(call, request);
  }

  @Override
  public AnchorStatus setDrain(Call call, SetDrain request) {
    return real.setDrain(call, request);
  }

  @Override
  public LeaseList listLeases(Call call, ListLeases request) {
    return real.listLeases(call, request);
  }
}
