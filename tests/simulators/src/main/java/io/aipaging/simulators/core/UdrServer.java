package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.spec.SpecSchema;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Traffic influence data (TS 29.519 §5.3), with the SMF behind it: what is written moves the UE's
 * path and is told of, EARLY before and LATE after.
 */
final class UdrServer {
  static final String DATA_TYPE = "TrafficInfluData";
  private static final Pattern ONE =
      Pattern.compile("/nudr-dr/v2/application-data/influenceData/([A-Za-z0-9_-]{1,128})");
  private static final String ALL = "/nudr-dr/v2/application-data/influenceData";
  private static final long EARLY_AFTER_MS = 5;
  private static final long LATE_AFTER_MS = 2;

  /** Places that the SMF's topology has. */
  private static final Set<String> DNAIS = Set.of("edge-a", "edge-b", "edge-c");

  private final Vertx vertx;
  private final Set<Quirk> quirks;
  private final boolean oauth2;
  private final @Nullable SpecSchema spec;
  private final HttpClient client;
  private final Map<String, JsonNode> data = new ConcurrentHashMap<>();
  private final Map<String, String> pathBySupi = new ConcurrentHashMap<>();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  UdrServer(Vertx vertx, Set<Quirk> quirks, boolean oauth2, @Nullable SpecSchema spec) {
    this.vertx = vertx;
    this.quirks = quirks;
    this.oauth2 = oauth2;
    this.spec = spec;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(2_000));
  }

  Answer answer(HttpServerRequest request, Buffer body) {
    String method = request.method().name();
    Matcher one = ONE.matcher(String.valueOf(request.path()));
    if (method.equals("GET") && ALL.equals(request.path())) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      data.values().forEach(all::add);
      return Answer.of(200, all);
    }
    if (!one.matches()) {
      return Answer.problem(404, "Not Found", "no such resource");
    }
    counts.merge(method, 1L, Long::sum);
    return switch (method) {
      case "PUT" -> put(one.group(1), NfServer.tree(body));
      case "DELETE" -> delete(one.group(1));
      default -> Answer.problem(501, "Not Implemented", method); // F-41
    };
  }

  private Answer put(String id, @Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      return Answer.problem(400, "Malformed request syntax", "no object");
    }
    if (spec != null) {
      faults.addAll(spec.faults(DATA_TYPE, body));
    }
    JsonNode before = data.put(id, body);
    steer(body, body.at("/trafficRoutes/0/dnai").asText(""));
    return Answer.of(before == null ? 201 : 200, body);
  }

  private Answer delete(String id) {
    JsonNode gone = data.remove(id);
    if (gone == null) {
      return Answer.problem(404, "Not Found", "no such data");
    }
    steer(gone, "");
    return Answer.of(204);
  }

  /** F-42, F-44: where the core does not steer, nobody is told. */
  private void steer(JsonNode of, String target) {
    boolean silent = oauth2 && quirks.contains(Quirk.F_42);
    if (silent || (!target.isEmpty() && !DNAIS.contains(target))) {
      return;
    }
    String supi = of.path("supi").asText();
    String source = pathBySupi.getOrDefault(supi, "");
    vertx.setTimer(
        EARLY_AFTER_MS,
        _ -> {
          tell(of, source, target, "EARLY");
          vertx.setTimer(
              LATE_AFTER_MS,
              _ -> {
                if (target.isEmpty()) {
                  pathBySupi.remove(supi);
                } else {
                  pathBySupi.put(supi, target);
                }
                tell(of, source, target, "LATE");
              });
        });
  }

  /** F-43, F-45, F-46. */
  private void tell(JsonNode of, String source, String target, String when) {
    if (!of.path("dnaiChgType").asText().contains(when)) {
      return;
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.set("notifId", of.path("upPathChgNotifCorreId"));
    ObjectNode event = told.putArray("eventNotifs").addObject().put("event", "UP_PATH_CH");
    if (quirks.contains(Quirk.F_45)) {
      event.putNull("timeStamp");
    } else {
      event.put("timeStamp", "2026-11-27T10:00:00Z").set("supi", of.path("supi"));
    }
    event.put("dnaiChgType", when);
    if (!source.isEmpty()) {
      event.put("sourceDnai", source);
    }
    if (!target.isEmpty()) {
      event.put("targetDnai", target);
    }
    event.putObject("sourceTraRouting").put("dnai", source);
    event.putObject("targetTraRouting").put("dnai", target);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(of.path("upPathChgNotifUri").asText())
            .putHeader("Content-Type", "application/json")
            .putHeader("User-Agent", "SMF");
    var _ = client.request(options).compose(request -> request.send(told.toString()));
  }

  /** The SMF moves a UE by itself, as when it has moved. */
  void move(String supi, String target) {
    data.values().stream()
        .filter(one -> one.path("supi").asText().equals(supi))
        .forEach(one -> steer(one, target));
  }

  /** Where each subscriber's packets leave the core, if anywhere special. */
  Map<String, String> paths() {
    return new TreeMap<>(pathBySupi);
  }

  /** Data that is there. */
  Map<String, JsonNode> data() {
    return Map.copyOf(data);
  }

  Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /** What was written against TS 29.519; null where that is not here. */
  @Nullable List<String> faults() {
    return spec == null ? null : List.copyOf(faults);
  }
}
