package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.core.UserPlane.Influence;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.spec.SpecSchema;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Traffic influence data (TS 29.519 §5.3), with the SMF behind it: what is written moves the UE's
 * path.
 */
final class UdrServer {
  static final String DATA_TYPE = "TrafficInfluData";
  private static final Pattern ONE =
      Pattern.compile("/nudr-dr/v2/application-data/influenceData/([A-Za-z0-9_-]{1,128})");
  private static final String ALL = "/nudr-dr/v2/application-data/influenceData";
  private final UserPlane plane;
  private final SmfServer smf;
  private final Set<Quirk> quirks;
  private final boolean oauth2;
  private final @Nullable SpecSchema spec;
  private final Map<String, JsonNode> data = new ConcurrentHashMap<>();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  UdrServer(
      UserPlane plane,
      SmfServer smf,
      Set<Quirk> quirks,
      boolean oauth2,
      @Nullable SpecSchema spec) {
    this.plane = plane;
    this.smf = smf;
    this.quirks = quirks;
    this.oauth2 = oauth2;
    this.spec = spec;
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
      case "PATCH" ->
          quirks.contains(Quirk.F_41)
              ? Answer.problem(501, "Not Implemented", method)
              : patch(one.group(1), NfServer.tree(body));
      default -> Answer.problem(405, "Method Not Allowed", method);
    };
  }

  /** RFC 7396, of what is there. */
  private Answer patch(String id, @Nullable JsonNode body) {
    if (!(data.get(id) instanceof ObjectNode before) || !(body instanceof ObjectNode changes)) {
      return Answer.problem(404, "Not Found", "no such data");
    }
    ObjectNode merged = before.deepCopy();
    merged.setAll(changes);
    return put(id, merged);
  }

  private Answer put(String id, @Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      return Answer.problem(400, "Malformed request syntax", "no object");
    }
    if (spec != null) {
      faults.addAll(spec.faults(DATA_TYPE, body));
    }
    JsonNode before = data.put(id, body);
    String target = body.at("/trafficRoutes/0/dnai").asText("");
    Influence wanted = influence(body, target);
    var _ = plane.put(id, wanted);
    steer(wanted);
    return Answer.of(before == null ? 201 : 200, body);
  }

  private Answer delete(String id) {
    JsonNode gone = data.remove(id);
    if (gone == null) {
      return Answer.problem(404, "Not Found", "no such data");
    }
    var _ = plane.remove(id);
    steer(influence(gone, "").withdrawn());
    return Answer.of(204);
  }

  /** F-42: where the core does not steer, nobody is told. */
  private void steer(Influence wanted) {
    if (!oauth2 || !quirks.contains(Quirk.F_42)) {
      smf.steer(wanted);
    }
  }

  private static Influence influence(JsonNode of, String target) {
    return new Influence(
        of.path("supi").asText(),
        target,
        of.path("upPathChgNotifUri").asText(),
        of.path("upPathChgNotifCorreId").asText(),
        of.path("dnaiChgType").asText(),
        of.path("afAckInd").asBoolean());
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
