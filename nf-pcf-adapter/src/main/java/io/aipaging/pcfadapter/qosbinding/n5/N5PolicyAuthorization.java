package io.aipaging.pcfadapter.qosbinding.n5;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.AppSessionOrder;
import io.aipaging.pcfadapter.qosbinding.AppSessionTerms;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization;
import io.aipaging.pcfadapter.qosbinding.SubscriberMark;
import io.aipaging.sbi.client.RawClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver over HTTP. Only the configured PCF is ever called: of a {@code Location} nothing but
 * the resource's id is used, so an answer cannot send us elsewhere.
 */
public final class N5PolicyAuthorization implements PolicyAuthorization {
  private static final String SESSIONS = "/npcf-policyauthorization/v1/app-sessions";
  private static final Map<String, String> HEADERS = Map.of("User-Agent", "AF-aipaging");
  private static final Map<String, String> PATCHING =
      Map.of("User-Agent", "AF-aipaging", "Content-Type", "application/merge-patch+json");
  private static final String NOT_ROUTED = "ROUT_REQ_NOT_AUTHORIZED";

  /** Feature InfluenceOnTrafficRouting. */
  private static final int ROUTING = 1;

  /** TS 29.514: a shorter {@code qosDuration} is none. */
  private static final Duration SHORTEST = Duration.ofSeconds(60);

  /** The adapter deletes before the core lets go by itself: that is for when it cannot. */
  private static final Duration LATER = Duration.ofSeconds(60);

  private static final String NOT_REACHABLE = "TARGET_NF_NOT_REACHABLE";
  private static final String NO_PDU_SESSION = "PDU_SESSION_NOT_AVAILABLE";

  /** Causes of a 400 by which the core judges the request for QoS, not its form. */
  private static final Set<String> REFUSING =
      Set.of(
          "INVALID_SERVICE_INFORMATION",
          "FILTER_RESTRICTIONS",
          "DUPLICATED_AF_SESSION",
          "REQUESTED_SERVICE_NOT_AUTHORIZED",
          "REQUESTED_SERVICE_TEMPORARILY_NOT_AUTHORIZED");

  private final Supplier<RawClient> client;
  private final AppSessionWriter writer;
  private final Duration timeout;
  private final InstantSource clock;

  /** Whether the PCF said, when it last made an app session, that it does not route their flows. */
  private volatile boolean refusesRoutes;

  /** Whether it said then that it ends app sessions by itself; until it says no, it may. */
  private volatile boolean endsByItself;

  private final Forbearance forbearance =
      new Forbearance(System::nanoTime, most -> ThreadLocalRandom.current().nextInt(most));

  /**
   * A driver.
   *
   * @param client to the PCF; asked for each call, may throw {@link Refusal}
   * @param writer what this core wants to hear
   * @param timeout longest wait for one answer; both open cores give up after 10 s
   * @param clock wall clock
   */
  public N5PolicyAuthorization(
      Supplier<RawClient> client, AppSessionWriter writer, Duration timeout, InstantSource clock) {
    this.client = client;
    this.writer = writer;
    this.timeout = timeout;
    this.clock = clock;
    this.endsByItself = writer.offersTiming();
  }

  @Override
  public Created create(AppSessionOrder order) {
    if (forbearance.holds()) {
      return new Created.Failed(false, "the core is overloaded and asked to be left alone");
    }
    RawClient.Reply reply;
    try {
      reply = send("POST", SESSIONS, writer.write(order));
    } catch (Refusal e) {
      return e.problemCause().equals(NOT_REACHABLE)
          ? new Created.Failed(true, "the core cannot be reached")
          : new Created.Lost(e.detail());
    }
    forbearance.heed(reply);
    String id = AppSessionId.of(reply.header("Location"));
    return switch (reply.status()) {
      case 201 -> made(id, order, reply.body());
      case 303 ->
          id == null
              ? new Created.Failed(false, "303 without a usable Location")
              : new Created.Existing(id);
      case 504 -> new Created.Lost("a proxy of the core timed out");
      default -> refusedOrFailed(reply);
    };
  }

  private Created made(@Nullable String id, AppSessionOrder order, JsonNode body) {
    if (id == null) {
      return new Created.Lost("201 without a usable Location");
    }
    Features agreed = Features.parse(body.at("/ascRespData/suppFeat").asText(""));
    refusesRoutes = !agreed.has(ROUTING);
    endsByItself = writer.endsByItself(agreed);
    return body.isObject()
        ? new Created.Accepted(id, SubscriberMark.of(order.subscriber().supi()))
        : new Created.Unusable(id, "201 with a body that is no app session");
  }

  private static Created refusedOrFailed(RawClient.Reply reply) {
    int status = reply.status();
    String cause = reply.body().path("cause").asText("");
    boolean noSession = cause.equals(NO_PDU_SESSION) || (status == 404 && cause.isEmpty());
    if (noSession) {
      return new Created.Refused(NO_PDU_SESSION, null);
    }
    if (status == 403 || (status == 400 && REFUSING.contains(cause))) {
      return new Created.Refused(
          CauseText.orElse(cause, "REQUESTED_SERVICE_NOT_AUTHORIZED"),
          Forbearance.retryAfter(reply));
    }
    return new Created.Failed(false, "the core answered " + status + " " + CauseText.of(cause));
  }

  @Override
  public Shown read(String appSessionId) {
    RawClient.Reply reply;
    try {
      reply = send("GET", SESSIONS + "/" + appSessionId, null);
    } catch (Refusal e) {
      return new Shown.Unknown(e.detail());
    }
    return switch (reply.status()) {
      case 200 -> {
        String notifUri = reply.body().path("ascReqData").path("notifUri").asText("");
        yield notifUri.isEmpty()
            ? new Shown.Unknown("200 without a notifUri")
            : new Shown.Present(AppSessionWriter.notifIdOf(notifUri));
      }
      case 404 -> new Shown.Absent();
      case 405, 501 -> new Shown.Unsupported();
      default -> new Shown.Unknown("the core answered " + reply.status());
    };
  }

  @Override
  public boolean endsByItself(String appSessionId) {
    return endsByItself;
  }

  /** How long from now the core is to keep it; null where it is not to be told. */
  private @Nullable Integer seconds(Instant until) {
    Duration left = Duration.between(clock.instant(), until).plus(LATER);
    return endsByItself && left.compareTo(SHORTEST) >= 0 ? Math.toIntExact(left.toSeconds()) : null;
  }

  @Override
  public Updated update(String appSessionId, AppSessionTerms terms) {
    if (terms.route() != null && refusesRoutes) {
      return new Updated.Refused(NOT_ROUTED);
    }
    Integer seconds = seconds(terms.until());
    if (terms.route() == null && seconds == null) {
      return new Updated.Accepted();
    }
    RawClient.Reply reply;
    try {
      reply =
          client
              .get()
              .send(
                  new RawClient.Request(
                      "PATCH",
                      SESSIONS + "/" + appSessionId,
                      PATCHING,
                      writer.update(terms, seconds)),
                  timeout);
    } catch (Refusal e) {
      return new Updated.Failed(e.status() == 504, e.detail());
    }
    forbearance.heed(reply);
    String cause = reply.body().path("cause").asText("");
    return switch (reply.status()) {
      case 200 ->
          reply.body().at("/ascRespData/servAuthInfo").asText("").equals(NOT_ROUTED)
              ? new Updated.Refused(NOT_ROUTED)
              : new Updated.Accepted();
      case 204 -> new Updated.Accepted();
      case 404 -> new Updated.Absent();
      case 400, 403 -> new Updated.Refused(CauseText.orElse(cause, NOT_ROUTED));
      default -> new Updated.Failed(false, "the core answered " + reply.status());
    };
  }

  @Override
  public Deleted delete(String appSessionId) {
    RawClient.Reply reply;
    try {
      reply = send("POST", SESSIONS + "/" + appSessionId + "/delete", null);
    } catch (Refusal e) {
      return new Deleted.Failed(e.status() == 504, e.detail());
    }
    return switch (reply.status()) {
      case 200, 204, 404 -> new Deleted.Gone();
      default -> new Deleted.Failed(false, "the core answered " + reply.status());
    };
  }

  @Override
  public boolean isNamed(String appSessionId, String resUri) {
    String named = AppSessionId.of(resUri);
    return named == null || named.equals(appSessionId);
  }

  @Override
  public @Nullable String named(String resUri) {
    return AppSessionId.of(resUri);
  }

  private RawClient.Reply send(String method, String target, @Nullable Object body) {
    return client.get().send(new RawClient.Request(method, target, HEADERS, body), timeout);
  }
}
