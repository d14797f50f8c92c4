package io.aipaging.aexf;

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
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.management.Tally;
import java.util.Locale;
import java.util.Set;

/** Counts what was admitted, by step, and what was refused, by cause. */
final class MeasuredAdmission implements NaexfAdmission {
  private static final Set<String> STEPS = Set.of("HOLD", "RELEASE", "SERVE", "DRAIN", "END");
  private static final Set<String> CAUSES =
      Set.of(
          "AISI_NOT_SERVED",
          "CLOCK_SKEW",
          "COMMIT_REJECTED",
          "FLOW_IN_USE",
          "HOLD_NOT_FOUND",
          "HOLD_POSTED",
          "INSUFFICIENT_RESOURCES",
          "LEASE_IN_USE",
          "STALE_GENERATION");

  private final NaexfAdmission admission;
  private final Tally steps;
  private final Tally refusals;

  MeasuredAdmission(NaexfAdmission admission, Metrics metrics) {
    this.admission = admission;
    this.steps = new Tally(metrics, "aexf.admissions", "step", STEPS);
    this.refusals = new Tally(metrics, "aexf.refusals", "cause", CAUSES);
  }

  @Override
  public Hold createHold(Call call, CreateHold request) {
    Hold hold = refusals.refusalsOf(() -> admission.createHold(call, request));
    steps.count("HOLD");
    return hold;
  }

  @Override
  public NoContent releaseHold(Call call, ReleaseHold request) {
    NoContent done = refusals.refusalsOf(() -> admission.releaseHold(call, request));
    steps.count("RELEASE");
    return done;
  }

  @Override
  public AdmittedLease applyCommit(Call call, ApplyCommit request) {
    AdmittedLease lease = refusals.refusalsOf(() -> admission.applyCommit(call, request));
    steps.count(lease.role().toUpperCase(Locale.ROOT));
    return lease;
  }

  @Override
  public AnchorStatus getStatus(Call call, GetStatus request) {
    return refusals.refusalsOf(() -> admission.getStatus(call, request));
  }

  @Override
  public AnchorStatus setDrain(Call call, SetDrain request) {
    return refusals.refusalsOf(() -> admission.setDrain(call, request));
  }

  @Override
  public LeaseList listLeases(Call call, ListLeases request) {
    return refusals.refusalsOf(() -> admission.listLeases(call, request));
  }
}
