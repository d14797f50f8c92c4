package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Quirk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a PCF refuses of a create. */
final class CreateRules {
  private static final Set<String> OPEN5GS_MEDIA = Set.of("AUDIO", "VIDEO", "CONTROL");

  private final PcfSimulatorConfig config;
  private final PduSessionBook book;

  CreateRules(PcfSimulatorConfig config, PduSessionBook book) {
    this.config = config;
    this.book = book;
  }

  /** The refusal, or null when the create is fine. */
  @Nullable Reply refusal(JsonNode body) {
    if (!body.isObject() || hasNull(body)) {
      return Reply.invalid("INVALID_MSG_FORMAT", "null or no object", List.of());
    }
    JsonNode asc = body.path("ascReqData");
    List<String> missing = missing(asc);
    if (!missing.isEmpty()) {
      return Reply.invalid("MANDATORY_IE_MISSING", "mandatory members are missing", missing);
    }
    Reply unbound = refusalOfUe(asc);
    return unbound != null ? unbound : refusalOfMedia(asc.path("medComponents"));
  }

  private static List<String> missing(JsonNode asc) {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("notifUri", "suppFeat")) {
      if (!asc.path(name).isTextual()) {
        missing.add("/ascReqData/" + name);
      }
    }
    if (ueAddress(asc).isEmpty()) {
      missing.add("/ascReqData/ueIpv4");
    }
    if (asc.path("medComponents").isEmpty()) {
      missing.add("/ascReqData/medComponents");
    }
    return missing;
  }

  private @Nullable Reply refusalOfUe(JsonNode asc) {
    boolean found =
        book.has(ueAddress(asc)) && (!config.has(Quirk.F_18) || asc.path("supi").isTextual());
    if (found) {
      return null;
    }
    return config.has(Quirk.O_22)
        ? Reply.problem(404, null, "no PDU session with that address")
        : Reply.problem(500, "PDU_SESSION_NOT_AVAILABLE", "no PDU session with that address");
  }

  private @Nullable Reply refusalOfMedia(JsonNode components) {
    for (JsonNode component : components) {
      JsonNode reference = component.path("qosReference");
      if (!config.has(Quirk.F_20)
          && reference.isTextual()
          && !config.qosReferences().contains(reference.asText())) {
        return unknownReference();
      }
      if (config.has(Quirk.O_24)
          && !reference.isTextual()
          && !OPEN5GS_MEDIA.contains(component.path("medType").asText())) {
        return Reply.problem(400, null, "Unknown Media-Type");
      }
      Reply filter = refusalOfFilters(component.path("medSubComps"));
      if (filter != null) {
        return filter;
      }
    }
    return null;
  }

  private static @Nullable Reply refusalOfFilters(JsonNode subComponents) {
    if (subComponents.isEmpty()) {
      return Reply.problem(403, "INVALID_SERVICE_INFORMATION", "no flow description");
    }
    for (JsonNode sub : subComponents) {
      for (JsonNode filter : sub.path("fDescs")) {
        if (!FilterText.isUsable(filter.asText())) {
          return Reply.problem(403, "FILTER_RESTRICTIONS", "a flow description is not usable");
        }
      }
    }
    return null;
  }

  /** Names what would have been acceptable (TS 29.514 ExtendedProblemDetails). */
  private Reply unknownReference() {
    Reply reply = Reply.problem(403, "REQUESTED_SERVICE_NOT_AUTHORIZED", "Unknown qosReference");
    if (reply.body() instanceof ObjectNode body) {
      ObjectNode acceptable = body.putObject("acceptableServInfo").putObject("accBwMedComps");
      int number = 0;
      for (String known : config.qosReferences().stream().sorted().toList()) {
        number++;
        acceptable
            .putObject(Integer.toString(number))
            .put("medCompN", number)
            .put("qosReference", known);
      }
    }
    return reply;
  }

  /** The UE's address, or an empty text. */
  static String ueAddress(JsonNode asc) {
    String ipv4 = asc.path("ueIpv4").asText();
    return ipv4.isEmpty() ? asc.path("ueIpv6").asText() : ipv4;
  }

  static boolean hasNull(JsonNode node) {
    if (node.isNull()) {
      return true;
    }
    for (JsonNode child : node) {
      if (hasNull(child)) {
        return true;
      }
    }
    return false;
  }
}
