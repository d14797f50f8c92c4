package io.aipaging.openapi.events;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Operation;
import java.util.List;

/**
 * What enforcers and the core's adapters tell an AIPF without being asked. An event says what its
 * sender saw; what follows from it, the AIPF decides. A repeat changes nothing more.
 */
public interface NaipfEvents {
  /** Service name and OAuth2 scope. */
  String API = "naipf-events";

  /** An enforcer has started. */
  Operation<AnnounceEnforcer, NoContent> ANNOUNCE_ENFORCER =
      Operation.notice(API, "AnnounceEnforcer", "/enforcers/announce", AnnounceEnforcer.class);

  /** A UE has moved. */
  Operation<ReportUeMoved, NoContent> REPORT_UE_MOVED =
      Operation.notice(API, "ReportUeMoved", "/ue-moves/report", ReportUeMoved.class);

  /** The core is changing a path. */
  Operation<FollowPathChange, PathChangeAnswer> FOLLOW_PATH_CHANGE =
      Operation.post(
              API,
              "FollowPathChange",
              "/path-changes/follow",
              FollowPathChange.class,
              PathChangeAnswer.class)
          .repeatable();

  /** A QoS binding stands differently. */
  Operation<ReportQosBinding, NoContent> REPORT_QOS_BINDING =
      Operation.notice(
          API, "ReportQosBinding", "/qos-bindings/{bindingRef}/report", ReportQosBinding.class);

  /** The contract. */
  Contract CONTRACT =
      new Contract(
          API, List.of(ANNOUNCE_ENFORCER, REPORT_UE_MOVED, FOLLOW_PATH_CHANGE, REPORT_QOS_BINDING));

  /**
   * Announces a start: what the enforcer holds is compared with the AIPF's sessions at once. 404
   * {@code ENFORCER_NOT_FOUND} when this AIPF gives it no COMMITs.
   */
  NoContent announceEnforcer(Call call, AnnounceEnforcer request);

  /** Reports a move; one of a UE without a session is no mistake. */
  NoContent reportUeMoved(Call call, ReportUeMoved request);

  /**
   * Follows a change of a flow's path as far as the core has it: early, the anchor there is made
   * ready and the flow stays where it is; late, new connections go there. Answered when that is
   * done. What was made ready is undone when the late word does not come.
   */
  PathChangeAnswer followPathChange(Call call, FollowPathChange request);

  /** Reports how a binding stands; 404 {@code BINDING_NOT_FOUND} when no live session has it. */
  NoContent reportQosBinding(Call call, ReportQosBinding request);
}
