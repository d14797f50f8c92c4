package io.aipaging.openapi.steering;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import java.util.List;

/** Steering at N6. Nothing is installed by asking: every request carries COMMITs, verified here. */
public interface NsmfadapterSteering {
  /** Service name and OAuth2 scope. */
  String API = "nsmfadapter-steering";

  /** Carries out COMMITs. */
  Operation<ApplyCommits, AppliedCommits> APPLY_COMMITS =
      Operation.post(
              API, "ApplyCommits", "/commits/apply", ApplyCommits.class, AppliedCommits.class)
          .repeatable();

  /** Lists what is carried. */
  Operation<ListGrants, GrantList> LIST_GRANTS =
      Operation.get(API, "ListGrants", "/grants", ListGrants.class, GrantList.class);

  /** Probes an anchor. */
  Operation<ProbeCommit, ProbeResult> PROBE_COMMIT =
      Operation.post(API, "ProbeCommit", "/commits/probe", ProbeCommit.class, ProbeResult.class)
          .repeatable();

  /** The contract. */
  Contract CONTRACT = new Contract(API, List.of(APPLY_COMMITS, LIST_GRANTS, PROBE_COMMIT));

  /**
   * Carries out COMMITs; 403 {@code COMMIT_REJECTED} when one does not verify or {@code CLOCK_SKEW}
   * when a grant was sent by a clock too far ahead, 409 {@code STALE_GENERATION} or {@code
   * FLOW_IN_USE}, 500 {@code STEERING_FAILURE}; nothing is changed then.
   */
  AppliedCommits applyCommits(Call call, ApplyCommits request);

  /** Lists what is carried. */
  GrantList listGrants(Call call, ListGrants request);

  /** Probes; an unusable anchor is an answer, not an error. */
  ProbeResult probeCommit(Call call, ProbeCommit request);
}
