package io.aipaging.nef.exposure;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
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
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.openapi.paging.SessionList;
import io.aipaging.openapi.paging.SessionQos;
import io.aipaging.openapi.paging.SessionToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A paging function in memory. */
public final class FakePaging implements NaipfPaging {
  public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  final Map<String, Session> sessions = new LinkedHashMap<>();
  final List<Call> calls = new CopyOnWriteArrayList<>();
  final List<Object> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger number = new AtomicInteger();
  volatile Refusal refusal;

  private void heard(Call call, Object request) {
    calls.add(call);
    requests.add(request);
    if (refusal != null) {
      throw refusal;
    }
  }

  private static Session session(String id, String afId, String ue, String state, Instant end) {
    SessionLease old = lease("l1", "anchor-a", "DRAINING");
    SessionLease serving = lease("l2", "anchor-b", "SERVING");
    return new Session(
        id,
        afId,
        state,
        null,
        ue,
        "urn:aisi:lab:embed:standard:1",
        null,
        0.9,
        new ServiceAddress("203.0.113.10", "TCP", 8000),
        "http://203.0.113.10:8000/v1",
        end,
        START.plusSeconds(86_400),
        new SessionQos("ACCEPTED", "low-latency", null),
        List.of(serving, old),
        new SessionToken("token-" + id, "Bearer", end));
  }

  private static SessionLease lease(String id, String anchor, String state) {
    return new SessionLease(id, anchor, "dnai-" + anchor, state, 1, START.plusSeconds(30), null);
  }

  synchronized void add(String id, String afId, String ue, String state) {
    sessions.put(id, session(id, afId, ue, state, START.plusSeconds(600)));
  }

  @Override
  public synchronized Session createSession(Call call, CreateSession request) {
    heard(call, request);
    String id = "session-" + number.incrementAndGet();
    add(id, request.afId(), request.ue().ueAddress(), "ACTIVE");
    return sessions.get(id);
  }

  @Override
  public synchronized Session getSession(Call call, GetSession request) {
    heard(call, request);
    Session session = sessions.get(request.sessionId());
    if (session == null) {
      throw Refusal.of(404, "SESSION_NOT_FOUND", "no session of that id in this realm");
    }
    return session;
  }

  @Override
  public synchronized SessionList listSessions(Call call, ListSessions request) {
    heard(call, request);
    return new SessionList(
        sessions.values().stream()
            .filter(s -> request.afId() == null || Objects.equals(s.afId(), request.afId()))
            .filter(s -> request.state() == null || s.state().equals(request.state()))
            .toList(),
        null);
  }

  @Override
  public synchronized Session renewSession(Call call, RenewSession request) {
    heard(call, request);
    Session before = sessions.get(request.sessionId());
    Session after =
        session(
            before.sessionId(),
            before.afId(),
            before.ueAddress(),
            before.state(),
            START.plusSeconds(request.durationSec()));
    sessions.put(after.sessionId(), after);
    return after;
  }

  @Override
  public Relocation relocateSession(Call call, RelocateSession request) {
    throw new AssertionError("an app never relocates");
  }

  @Override
  public synchronized NoContent releaseSession(Call call, ReleaseSession request) {
    heard(call, request);
    Session before = sessions.get(request.sessionId());
    sessions.put(
        before.sessionId(),
        session(
            before.sessionId(), before.afId(), before.ueAddress(), "RELEASED", before.expiresAt()));
    return NoContent.INSTANCE;
  }

  @Override
  public Revocation revokeSessions(Call call, RevokeSessions request) {
    throw new AssertionError("an app revokes nothing");
  }

  @Override
  public AnchorList listAnchors(Call call, ListAnchors request) {
    throw new AssertionError("an app sees no anchors");
  }

  @Override
  public AnchorDrain drainAnchor(Call call, DrainAnchor request) {
    throw new AssertionError("an app drains nothing");
  }

  @Override
  public EvidenceList listEvidence(Call call, ListEvidence request) {
    throw new AssertionError("an app sees no evidence");
  }
}
