package io.aipaging.nef.exposure;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.exposure.AiSessionList;
import io.aipaging.openapi.exposure.AiSessionRef;
import io.aipaging.openapi.exposure.CreateAiSession;
import io.aipaging.openapi.exposure.ListAiSessions;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.exposure.RenewAiSession;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionList;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.protocol.UeAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets apps page. An app names itself in the path and must be who its token says; it reaches only
 * UEs it may serve and learns nothing of other apps' sessions: theirs and none look alike.
 */
public final class ExposureService implements NnefAipaging {
  private final NaipfPaging paging;
  private final AppRegistry apps;
  private final LiveSessions live;
  private final String nfInstanceId;

  /**
   * A service.
   *
   * @param paging the AIPF
   * @param apps who may ask
   * @param nfInstanceId in whose name the AIPF is called when it is wired in-process
   * @param clock wall clock
   */
  public ExposureService(
      NaipfPaging paging, AppRegistry apps, String nfInstanceId, InstantSource clock) {
    this.paging = paging;
    this.apps = apps;
    this.nfInstanceId = nfInstanceId;
    this.live = new LiveSessions(paging, nfInstanceId, clock);
  }

  @Override
  public AiSession createAiSession(Call call, CreateAiSession request) {
    App app = authorized(call, request.afId());
    UeAddress ue = servedUe(app, request.ueAddress());
    CreateSession page =
        new CreateSession(
            app.afId(),
            new Ue(ue.toString(), null, null, null),
            request.intent(),
            request.tokenBinding(),
            request.durationSec());
    reserve(call, app);
    Session made = null;
    try {
      made = southbound(() -> paging.createSession(southbound(call, app), page));
      return Northbound.session(made);
    } catch (Refusal e) {
      if (e.status() >= 500) {
        live.doubt(app);
      }
      throw e;
    } finally {
      live.settle(app, made);
    }
  }

  @Override
  public AiSession getAiSession(Call call, AiSessionRef request) {
    App app = authorized(call, request.afId());
    return Northbound.withoutToken(owned(call, app, request.sessionId()));
  }

  @Override
  public AiSessionList listAiSessions(Call call, ListAiSessions request) {
    App app = authorized(call, request.afId());
    ListSessions own =
        new ListSessions(null, null, app.afId(), request.limit(), request.pageToken());
    SessionList page = southbound(() -> paging.listSessions(southbound(call, app), own));
    List<AiSession> seen =
        page.sessions().stream()
            .filter(session -> app.afId().equals(session.afId()))
            .map(Northbound::withoutToken)
            .toList();
    return new AiSessionList(seen, page.nextPageToken());
  }

  @Override
  public AiSession renewAiSession(Call call, RenewAiSession request) {
    App app = authorized(call, request.afId());
    Session before = owned(call, app, request.sessionId());
    servedUe(app, before.ueAddress());
    Session renewed =
        southbound(
            () ->
                paging.renewSession(
                    southbound(call, app).withPriority(Call.IMPORTANT),
                    new RenewSession(before.sessionId(), request.durationSec())));
    live.renewed(app.afId(), renewed);
    return Northbound.session(renewed);
  }

  @Override
  public NoContent releaseAiSession(Call call, AiSessionRef request) {
    App app = authorized(call, request.afId());
    Session session = owned(call, app, request.sessionId());
    southbound(
        () ->
            paging.releaseSession(
                southbound(call, app).withPriority(Call.IMPORTANT),
                new ReleaseSession(session.sessionId())));
    live.released(app.afId(), session.sessionId());
    return NoContent.INSTANCE;
  }

  /** The app of the path, which must also be the caller. */
  private App authorized(Call call, String afId) {
    if (!afId.equals(call.consumer())) {
      throw notAuthorized();
    }
    return apps.find(afId).orElseThrow(ExposureService::notAuthorized);
  }

  private static Refusal notAuthorized() {
    return Refusal.of(403, "AF_NOT_AUTHORIZED", "the token does not speak for this app");
  }

  private static UeAddress servedUe(App app, String text) {
    UeAddress ue;
    try {
      int slash = text.indexOf('/');
      AddressPrefix.literal(slash < 0 ? text : text.substring(0, slash));
      ue = UeAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(400, "MANDATORY_IE_INCORRECT", "not a UE address")
          .with(List.of(new InvalidParam("/ueAddress", "not an address")));
    }
    if (!app.serves(ue)) {
      throw Refusal.of(403, "UE_NOT_AUTHORIZED", "the app may not serve this UE");
    }
    return ue;
  }

  /** The app's session; another app's is not found, exactly as none is. */
  private Session owned(Call call, App app, String sessionId) {
    Session session;
    try {
      session =
          paging.getSession(
              southbound(call, app).withIdempotencyKey(null), new GetSession(sessionId));
    } catch (Refusal e) {
      throw e.status() == 404 ? notFound() : Northbound.refusal(e);
    }
    if (!app.afId().equals(session.afId())) {
      throw notFound();
    }
    return session;
  }

  private static Refusal notFound() {
    return Refusal.of(404, "SESSION_NOT_FOUND", "the app has no such session");
  }

  private void reserve(Call call, App app) {
    boolean reserved = southbound(() -> live.reserve(call, app));
    if (!reserved) {
      throw Refusal.of(429, "QUOTA_EXCEEDED", "the app has as many live sessions as it may");
    }
  }

  private static <T> T southbound(Supplier<T> step) {
    try {
      return step.get();
    } catch (Refusal e) {
      throw Northbound.refusal(e);
    }
  }

  /** In this NEF's name; keys of different apps must not meet at the AIPF, so each is its own. */
  private Call southbound(Call call, App app) {
    return call.as(nfInstanceId).withIdempotencyKey(key(app.afId(), call.idempotencyKey()));
  }

  private static @Nullable String key(String afId, @Nullable String key) {
    if (key == null) {
      return null;
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      String ofApp = afId + "\n" + key;
      return HexFormat.of().formatHex(sha256.digest(ofApp.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
