package io.aipaging.openapi.admission;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Operation;
import java.util.List;

/** Two-phase admission at an anchor: hold, post by COMMIT, end by COMMIT. */
public interface NaexfAdmission {
  /** Service name and OAuth2 scope. */
  String API = "naexf-admission";

  /** Holds a slot. */
  Operation<CreateHold, Hold> CREATE_HOLD =
      Operation.create(
              API, "CreateHold", "/holds", "/holds/{leaseId}", CreateHold.class, Hold.class)
          .repeatable();

  /** Gives a hold up. */
  Operation<ReleaseHold, NoContent> RELEASE_HOLD =
      Operation.delete(API, "ReleaseHold", "/holds/{leaseId}", ReleaseHold.class);

  /** Posts, renews, drains or ends. */
  Operation<ApplyCommit, AdmittedLease> APPLY_COMMIT =
      Operation.post(API, "ApplyCommit", "/commits/apply", ApplyCommit.class, AdmittedLease.class)
          .repeatable();

  /** Reads health and load. */
  Operation<GetStatus, AnchorStatus> GET_STATUS =
      Operation.get(API, "GetStatus", "/status", GetStatus.class, AnchorStatus.class);

  /** Lists admitted leases. */
  Operation<ListLeases, LeaseList> LIST_LEASES =
      Operation.get(API, "ListLeases", "/leases", ListLeases.class, LeaseList.class);

  /** Lets the anchor drain, or no longer. */
  Operation<SetDrain, AnchorStatus> SET_DRAIN =
      Operation.put(API, "SetDrain", "/drain", SetDrain.class, AnchorStatus.class);

  /** The contract. */
  Contract CONTRACT =
      new Contract(
          API,
          List.of(CREATE_HOLD, RELEASE_HOLD, APPLY_COMMIT, GET_STATUS, LIST_LEASES, SET_DRAIN));

  /**
   * Holds; 403 {@code AISI_NOT_SERVED}, 409 {@code LEASE_IN_USE} for other content, 503 {@code
   * INSUFFICIENT_RESOURCES} when no slot is free or the anchor drains or is unhealthy.
   */
  Hold createHold(Call call, CreateHold request);

  /** Gives up; 409 {@code HOLD_POSTED} when the lease is already live. */
  NoContent releaseHold(Call call, ReleaseHold request);

  /**
   * Posts, renews, drains or ends; 403 {@code COMMIT_REJECTED} or {@code CLOCK_SKEW}, 409 {@code
   * STALE_GENERATION} or {@code HOLD_NOT_FOUND}.
   */
  AdmittedLease applyCommit(Call call, ApplyCommit request);

  /** Health and load. */
  AnchorStatus getStatus(Call call, GetStatus request);

  /** Refuses new sessions from now on, or no longer; survives a restart of the agent. */
  AnchorStatus setDrain(Call call, SetDrain request);

  /** Admitted leases. */
  LeaseList listLeases(Call call, ListLeases request);
}
