package io.aipaging.sbi.contract;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.paging.AnchorDrain;
import io.aipaging.openapi.paging.AnchorList;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.DrainAnchor;
import io.aipaging.openapi.paging.EvidenceList;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.ListAnchors;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Relocation;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Revocation;
import io.aipaging.openapi.paging.RevokeSessions;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionList;
import io.aipaging.sbi.client.SbiClient;

/** {@code NaipfPaging} of a peer, over HTTP. */
public final class HttpNaipfPaging implements NaipfPaging {
  private final SbiClient client;

  public HttpNaipfPaging(SbiClient client) {
    this.client = client;
  }

  @Override
  public Session createSession(Call call, CreateSession request) {
    return client.call(CREATE_SESSION, call, request);
  }

  @Override
  public Session getSession(Call call, GetSession request) {
    return client.call(GET_SESSION, call, request);
  }

  @Override
  public SessionList listSessions(Call call, ListSessions request) {
    return client.call(LIST_SESSIONS, call, request);
  }

  @Override
  public Session renewSession(Call call, RenewSession request) {
    return client.call(RENEW_SESSION, call, request);
  }

  @Override
  public Relocation relocateSession(Call call, RelocateSession request) {
    return client.call(RELOCATE_SESSION, call, request);
  }

  @Override
  public NoContent releaseSession(Call call, ReleaseSession request) {
    return client.call(RELEASE_SESSION, call, request);
  }

  @Override
  public EvidenceList listEvidence(Call call, ListEvidence request) {
    return client.call(LIST_EVIDENCE, call, request);
  }

  @Override
  public Revocation revokeSessions(Call call, RevokeSessions request) {
    return client.call(REVOKE_SESSIONS, call, request);
  }

  @Override
  public AnchorList listAnchors(Call call, ListAnchors request) {
    return client.call(LIST_ANCHORS, call, request);
  }

  @Override
  public AnchorDrain drainAnchor(Call call, DrainAnchor request) {
    return client.call(DRAIN_ANCHOR, call, request);
  }
}
