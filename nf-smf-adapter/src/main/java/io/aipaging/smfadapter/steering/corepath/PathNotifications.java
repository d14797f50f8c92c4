package io.aipaging.smfadapter.steering.corepath;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.server.RawPolicy;
import io.aipaging.sbi.server.RawReply;
import io.aipaging.sbi.server.RawRequest;
import io.aipaging.sbi.server.RawRoute;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where SMFs tell of user-plane paths (TS 29.508 {@code NsmfEventExposureNotification}). Answered
 * 204 also for strangers and repeats: the answer tells nothing about who exists. Null timestamps,
 * missing UEs and unknown members are as good as any.
 */
public final class PathNotifications {
  /** Path below which notifications arrive, ending in a slash. */
  public static final String PATH = "/nsmfadapter-callbacks/v1/up-path/";

  private static final RawPolicy POLICY =
      new RawPolicy.Public("cores send no token; the path's id is unguessable");

  private final Supplier<@Nullable PathFollower> follower;

  /** Notifications for a follower that may come a moment later. */
  public PathNotifications(Supplier<@Nullable PathFollower> follower) {
    this.follower = follower;
  }

  /** The route to mount. */
  public RawRoute route() {
    return new RawRoute("POST", PATH + "{notifId}", POLICY, this::heard);
  }

  private RawReply heard(RawRequest request) {
    PathFollower live = follower.get();
    if (live == null) {
      return RawReply.empty(204); // nothing was asked for yet
    }
    String notifId = request.pathVariables().getOrDefault("notifId", "");
    JsonNode told = tree(request.body().toArray());
    for (JsonNode event : told.path("eventNotifs")) {
      if (event.path("event").asText("").equals("UP_PATH_CH")) {
        boolean done = event.path("dnaiChgType").asText("").equals("LATE");
        live.heard(notifId, new PathNotice(target(event), done, ackUri(told)));
      }
    }
    return RawReply.empty(204);
  }

  private static @Nullable URI ackUri(JsonNode told) {
    String uri = told.path("ackUri").asText("");
    try {
      return uri.isEmpty() ? null : new URI(uri);
    } catch (URISyntaxException e) {
      throw Refusal.of(400, "OPTIONAL_IE_INCORRECT", "ackUri is no URI");
    }
  }

  /** Some cores leave it out where there is none, others say it empty. */
  private static String target(JsonNode event) {
    String told = event.path("targetDnai").asText("");
    return told.isEmpty() ? event.at("/targetTraRouting/dnai").asText("") : told;
  }

  private static JsonNode tree(byte[] body) {
    try {
      return Json.tree(body);
    } catch (JsonProcessingException e) {
      throw Refusal.of(400, "INVALID_MSG_FORMAT", "the body is not JSON");
    }
  }
}
