package io.aipaging.openapi.paging;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Operation;
import java.util.List;

/**
 * The AI Paging Function's main service. All calls block; all may end in {@link
 * io.aipaging.openapi.Refusal}.
 */
public interface NaipfPaging {
  /** Service name and OAuth2 scope. */
  String API = "naipf-paging";

  /** What only operators may: touch sessions of others, and anchors. */
  String OPERATE = "operate";

  /** A page. */
  Operation<CreateSession, Session> CREATE_SESSION =
      Operation.create(
          API,
          "CreateSession",
          "/sessions",
          "/sessions/{sessionId}",
          CreateSession.class,
          Session.class);

  /** Reads one session. */
  Operation<GetSession, Session> GET_SESSION =
      Operation.get(API, "GetSession", "/sessions/{sessionId}", GetSession.class, Session.class);

  /** Lists sessions. */
  Operation<ListSessions, SessionList> LIST_SESSIONS =
      Operation.get(API, "ListSessions", "/sessions", ListSessions.class, SessionList.class);

  /** Extends a session. */
  Operation<RenewSession, Session> RENEW_SESSION =
      Operation.post(
          API, "RenewSession", "/sessions/{sessionId}/renew", RenewSession.class, Session.class);

  /** Moves a session. */
  Operation<RelocateSession, Relocation> RELOCATE_SESSION =
      Operation.post(
          API,
          "RelocateSession",
          "/sessions/{sessionId}/relocate",
          RelocateSession.class,
          Relocation.class);

  /** Ends a session. */
  Operation<ReleaseSession, NoContent> RELEASE_SESSION =
      Operation.delete(API, "ReleaseSession", "/sessions/{sessionId}", ReleaseSession.class);

  /** Takes sessions away. */
  Operation<RevokeSessions, Revocation> REVOKE_SESSIONS =
      Operation.post(
              API, "RevokeSessions", "/sessions/revoke", RevokeSessions.class, Revocation.class)
          .demanding(OPERATE);

  /** Lists anchors. */
  Operation<ListAnchors, AnchorList> LIST_ANCHORS =
      Operation.get(API, "ListAnchors", "/anchors", ListAnchors.class, AnchorList.class)
          .demanding(OPERATE);

  /** Lets an anchor drain, or no longer. */
  Operation<DrainAnchor, AnchorDrain> DRAIN_ANCHOR =
      Operation.post(
              API, "DrainAnchor", "/anchors/{anchorId}/drain", DrainAnchor.class, AnchorDrain.class)
          .repeatable()
          .demanding(OPERATE);

  /** Lists the evidence of a session. */
  Operation<ListEvidence, EvidenceList> LIST_EVIDENCE =
      Operation.get(
          API,
          "ListEvidence",
          "/sessions/{sessionId}/evidence",
          ListEvidence.class,
          EvidenceList.class);

  /** The contract. */
  Contract CONTRACT =
      new Contract(
          API,
          List.of(
              CREATE_SESSION,
              GET_SESSION,
              LIST_SESSIONS,
              RENEW_SESSION,
              RELOCATE_SESSION,
              RELEASE_SESSION,
              REVOKE_SESSIONS,
              LIST_EVIDENCE,
              LIST_ANCHORS,
              DRAIN_ANCHOR));

  /** Pages; idempotent by the call's idempotency key. */
  Session createSession(Call call, CreateSession request);

  /** Reads one session; 404 {@code SESSION_NOT_FOUND}. */
  Session getSession(Call call, GetSession request);

  /** Lists sessions. */
  SessionList listSessions(Call call, ListSessions request);

  /** Extends a session; 409 {@code INCOMPATIBLE_STATE} when it is ending or ended. */
  Session renewSession(Call call, RenewSession request);

  /** Moves a session; an honest {@code KEPT_OLD_PATH} is an answer, not an error. */
  Relocation relocateSession(Call call, RelocateSession request);

  /** Ends a session; repeating it changes nothing. */
  NoContent releaseSession(Call call, ReleaseSession request);

  /** Takes sessions away, as many as there is time for; repeating it goes on. */
  Revocation revokeSessions(Call call, RevokeSessions request);

  /** Every anchor, as this AIPF sees it. */
  AnchorList listAnchors(Call call, ListAnchors request);

  /** Tells an anchor to drain, or no longer; 404 {@code ANCHOR_NOT_FOUND}. */
  AnchorDrain drainAnchor(Call call, DrainAnchor request);

  /** Lists the evidence of a session. */
  EvidenceList listEvidence(Call call, ListEvidence request);
}
