package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.simulators.flavor.Quirk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a PCF refuses of a create. */
final class CreateRules {
  private final PcfSimulatorConfig config;
  private final PduSessionBook book;
  private final MediaRules media;

  CreateRules(PcfSimulatorConfig config, PduSessionBook book) {
    this.config = config;
    this.book = book;
    this.media = new MediaRules(config);
  }

  /** The refusal, or null when the create is fine. */
  @Nullable Reply refusal(JsonNode body) {
    if (!body.isObject() || hasNull(body)) {
      return Reply.invalid("INVALID_MSG_FORMAT", "null or no object", List.of());
    }
    JsonNode asc = body.path("ascReqData");
    List<String> missing = missing(asc);
    if (!missing.isEmpty()) {
      return config.has(Quirk.O_23)
          ? Reply.problem(400, null, "cannot parse HTTP message")
          : Reply.invalid("MANDATORY_IE_MISSING", "mandatory members are missing", missing);
    }
    if (asc.path("medComponents").isEmpty() && !isAcceptedWithoutMedia(asc)) {
      return config.has(Quirk.O_32)
          ? Reply.problem(400, null, "No AscReqData->MediaCompoenent")
          : Reply.invalid("MANDATORY_IE_MISSING", "no media", List.of("/ascReqData/medComponents"));
    }
    Reply unbound = refusalOfUe(asc);
    return unbound != null ? unbound : media.refusal(asc.path("medComponents"));
  }

  private boolean isAcceptedWithoutMedia(JsonNode asc) {
    return config.has(Quirk.F_30) && asc.has("afAppId") && asc.has("afRoutReq");
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
    return missing;
  }

  private @Nullable Reply refusalOfUe(JsonNode asc) {
    String ue = ueAddress(asc);
    JsonNode supi = asc.path("supi");
    boolean found =
        book.has(ue)
            && (!config.has(Quirk.F_18) || supi.isTextual())
            && (config.has(Quirk.O_21) || !supi.isTextual() || !book.isAnothers(ue, supi.asText()));
    if (found) {
      return null;
    }
    return config.has(Quirk.O_22)
        ? Reply.problem(404, null, "no PDU session with that address")
        : Reply.problem(500, "PDU_SESSION_NOT_AVAILABLE", "no PDU session with that address");
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
