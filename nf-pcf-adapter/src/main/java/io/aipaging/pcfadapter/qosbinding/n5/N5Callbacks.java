package io.aipaging.pcfadapter.qosbinding.n5;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.QosBindingService;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.server.RawPolicy;
import io.aipaging.sbi.server.RawReply;
import io.aipaging.sbi.server.RawRequest;
import io.aipaging.sbi.server.RawRoute;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the core tells us. Cores send no token with callbacks; the unguessable id in the path is
 * what authenticates them, and only a live binding listens. Everything well-formed is answered 204,
 * also for strangers and duplicates: the answer tells nothing about who exists. Open5GS calls
 * {@code …/terminate}, free5GC the bare URI, so the body decides.
 */
public final class N5Callbacks {
  /** Path below which callbacks arrive, ending in a slash. */
  public static final String PATH = "/npcfadapter-callbacks/v1/n5/";

  private static final RawPolicy POLICY =
      new RawPolicy.Public("cores send no token; the path's id is unguessable");

  private final Supplier<@Nullable QosBindingService> service;

  /** Callbacks for a service that may come a moment later: until then they are sent away. */
  public N5Callbacks(Supplier<@Nullable QosBindingService> service) {
    this.service = service;
  }

  /** The routes to mount. */
  public List<RawRoute> routes() {
    return List.of(
        new RawRoute("POST", PATH + "{notifId}", POLICY, this::heard),
        new RawRoute("POST", PATH + "{notifId}/terminate", POLICY, this::heard),
        new RawRoute("POST", PATH + "{notifId}/notify", POLICY, this::heard));
  }

  private RawReply heard(RawRequest request) {
    JsonNode body = tree(request.body().toArray());
    String cause = body.path("termCause").asText("");
    if (!cause.isEmpty()) {
      terminated(request, body.path("resUri").asText(""), cause);
    } else if (!body.has("evSubsUri") && !body.has("evNotifs")) {
      throw Refusal.of(400, "MANDATORY_IE_MISSING", "neither a termination nor an event");
    } else {
      QosNews.of(body)
          .ifPresent(news -> live().toldByCore(notifId(request), news.kept(), news.cause()));
    }
    return RawReply.empty(204);
  }

  private void terminated(RawRequest request, String resUri, String cause) {
    live()
        .terminatedByCore(
            notifId(request), resUri.isEmpty() ? null : resUri, CauseText.orElse(cause, "UNKNOWN"));
  }

  private QosBindingService live() {
    QosBindingService live = service.get();
    if (live == null) {
      throw Refusal.of(503, "NF_CONGESTION", "the adapter is starting")
          .retryAfter(Duration.ofSeconds(1));
    }
    return live;
  }

  private static String notifId(RawRequest request) {
    return request.pathVariables().getOrDefault("notifId", "");
  }

  private static JsonNode tree(byte[] body) {
    try {
      return Json.tree(body);
    } catch (JsonProcessingException e) {
      throw Refusal.of(400, "INVALID_MSG_FORMAT", "the body is not JSON");
    }
  }
}
