package io.aipaging.openapi.exposure;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Operation;
import java.util.List;

/** What a third-party app may ask; an app never learns of another app's sessions. */
public interface NnefAipaging {
  /** Service name and OAuth2 scope. */
  String API = "nnef-aipaging";

  /** Pages. */
  Operation<CreateAiSession, AiSession> CREATE_AI_SESSION =
      Operation.create(
          API,
          "CreateAiSession",
          "/{afId}/sessions",
          "/{afId}/sessions/{sessionId}",
          CreateAiSession.class,
          AiSession.class);

  /** Reads. */
  Operation<AiSessionRef, AiSession> GET_AI_SESSION =
      Operation.get(
          API, "GetAiSession", "/{afId}/sessions/{sessionId}", AiSessionRef.class, AiSession.class);

  /** Lists. */
  Operation<ListAiSessions, AiSessionList> LIST_AI_SESSIONS =
      Operation.get(
          API, "ListAiSessions", "/{afId}/sessions", ListAiSessions.class, AiSessionList.class);

  /** Extends. */
  Operation<RenewAiSession, AiSession> RENEW_AI_SESSION =
      Operation.post(
          API,
          "RenewAiSession",
          "/{afId}/sessions/{sessionId}/renew",
          RenewAiSession.class,
          AiSession.class);

  /** Ends. */
  Operation<AiSessionRef, NoContent> RELEASE_AI_SESSION =
      Operation.delete(API, "ReleaseAiSession", "/{afId}/sessions/{sessionId}", AiSessionRef.class);

  /** The contract. */
  Contract CONTRACT =
      new Contract(
          API,
          List.of(
              CREATE_AI_SESSION,
              GET_AI_SESSION,
              LIST_AI_SESSIONS,
              RENEW_AI_SESSION,
              RELEASE_AI_SESSION));

  /** Pages for a UE the app may serve; 403 {@code UE_NOT_AUTHORIZED} otherwise. */
  AiSession createAiSession(Call call, CreateAiSession request);

  /** Reads; 404 {@code SESSION_NOT_FOUND}, also for another app's session. */
  AiSession getAiSession(Call call, AiSessionRef request);

  /** Lists the app's own sessions. */
  AiSessionList listAiSessions(Call call, ListAiSessions request);

  /** Extends. */
  AiSession renewAiSession(Call call, RenewAiSession request);

  /** Ends; repeating it changes nothing. */
  NoContent releaseAiSession(Call call, AiSessionRef request);
}
