package io.aipaging.sbi.contract;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.exposure.AiSessionList;
import io.aipaging.openapi.exposure.AiSessionRef;
import io.aipaging.openapi.exposure.CreateAiSession;
import io.aipaging.openapi.exposure.ListAiSessions;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.exposure.RenewAiSession;
import io.aipaging.sbi.client.SbiClient;

/** {@code NnefAipaging} of a peer, over HTTP. */
public final class HttpNnefAipaging implements NnefAipaging {
  private final SbiClient client;

  public HttpNnefAipaging(SbiClient client) {
    this.client = client;
  }

  @Override
  public AiSession createAiSession(Call call, CreateAiSession request) {
    return client.call(CREATE_AI_SESSION, call, request);
  }

  @Override
  public AiSession getAiSession(Call call, AiSessionRef request) {
    return client.call(GET_AI_SESSION, call, request);
  }

  @Override
  public AiSessionList listAiSessions(Call call, ListAiSessions request) {
    return client.call(LIST_AI_SESSIONS, call, request);
  }

  @Override
  public AiSession renewAiSession(Call call, RenewAiSession request) {
    return client.call(RENEW_AI_SESSION, call, request);
  }

  @Override
  public NoContent releaseAiSession(Call call, AiSessionRef request) {
    return client.call(RELEASE_AI_SESSION, call, request);
  }
}
