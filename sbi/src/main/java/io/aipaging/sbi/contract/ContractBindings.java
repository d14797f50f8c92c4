package io.aipaging.sbi.contract;

import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.sbi.server.SbiServer;

/** Mounts the contracts on a server: every operation of a contract, or none. */
public final class ContractBindings {
  private ContractBindings() {}

  /** Serves every operation of {@code NaipfPaging}. */
  public static SbiServer.Builder bind(SbiServer.Builder builder, NaipfPaging service) {
    return builder
        .bind(NaipfPaging.CREATE_SESSION, service::createSession)
        .bind(NaipfPaging.GET_SESSION, service::getSession)
        .bind(NaipfPaging.LIST_SESSIONS, service::listSessions)
        .bind(NaipfPaging.RENEW_SESSION, service::renewSession)
        .bind(NaipfPaging.RELOCATE_SESSION, service::relocateSession)
        .bind(NaipfPaging.RELEASE_SESSION, service::releaseSession)
        .bind(NaipfPaging.REVOKE_SESSIONS, service::revokeSessions)
        .bind(NaipfPaging.LIST_EVIDENCE, service::listEvidence)
        .bind(NaipfPaging.LIST_ANCHORS, service::listAnchors)
        .bind(NaipfPaging.DRAIN_ANCHOR, service::drainAnchor);
  }

  /** Serves every operation of {@code NaipfKeyinfo}. */
  public static SbiServer.Builder bind(SbiServer.Builder builder, NaipfKeyinfo service) {
    return builder.bind(NaipfKeyinfo.GET_KEYS, service::getKeys);
  }

  /** Serves every operation of {@code NaipfEvents}. */
  public static SbiServer.Builder bind(SbiServer.Builder builder, NaipfEvents service) {
    return builder
        .bind(NaipfEvents.ANNOUNCE_ENFORCER, service::announceEnforcer)
        .bind(NaipfEvents.REPORT_UE_MOVED, service::reportUeMoved)
        .bind(NaipfEvents.FOLLOW_PATH_CHANGE, service::followPathChange)
        .bind(NaipfEvents.REPORT_QOS_BINDING, service::reportQosBinding);
  }

  /** Serves every operation of {@code NpcfadapterQosbinding}. */
  public static SbiServer.Builder bind(SbiServer.Builder builder, NpcfadapterQosbinding service) {
    return builder
        .bind(NpcfadapterQosbinding.CREATE_QOS_BINDING, service::createQosBinding)
        .bind(NpcfadapterQosbinding.LIST_QOS_BINDINGS, service::listQosBindings)
        .bind(NpcfadapterQosbinding.CONFIRM_QOS_BINDING, service::confirmQosBinding)
        .bind(NpcfadapterQosbinding.ROUTE_QOS_BINDING, service::routeQosBinding)
        .bind(NpcfadapterQosbinding.GET_QOS_BINDING, service::getQosBinding)
        .bind(NpcfadapterQosbinding.DELETE_QOS_BINDING, service::deleteQosBinding);
  }

  /** Serves every operation of {@code NsmfadapterSteering}. */
  public static SbiServer.Builder bind(SbiServer.Builder builder, NsmfadapterSteering service) {
    return builder
        .bind(NsmfadapterSteering.APPLY_COMMITS, service::applyCommits)
        .bind(NsmfadapterSteering.LIST_GRANTS, service::listGrants)
        .bind(NsmfadapterSteering.PROBE_COMMIT, service::probeCommit);
  }

  /** Serves every operation of {@code NaexfAdmission}. */
  public static SbiServer.Builder bind(SbiServer.Builder builder, NaexfAdmission service) {
    return builder
        .bind(NaexfAdmission.CREATE_HOLD, service::createHold)
        .bind(NaexfAdmission.RELEASE_HOLD, service::releaseHold)
        .bind(NaexfAdmission.APPLY_COMMIT, service::applyCommit)
        .bind(NaexfAdmission.GET_STATUS, service::getStatus)
        .bind(NaexfAdmission.LIST_LEASES, service::listLeases)
        .bind(NaexfAdmission.SET_DRAIN, service::setDrain);
  }

  /** Serves every operation of {@code NnefAipaging}. */
  public static SbiServer.Builder bind(SbiServer.Builder builder, NnefAipaging service) {
    return builder
        .bind(NnefAipaging.CREATE_AI_SESSION, service::createAiSession)
        .bind(NnefAipaging.GET_AI_SESSION, service::getAiSession)
        .bind(NnefAipaging.LIST_AI_SESSIONS, service::listAiSessions)
        .bind(NnefAipaging.RENEW_AI_SESSION, service::renewAiSession)
        .bind(NnefAipaging.RELEASE_AI_SESSION, service::releaseAiSession);
  }
}
