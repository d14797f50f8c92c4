package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Quirk;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an NRF refuses of a profile. */
final class ProfileRules {
  /** NF types that cores of old know. */
  static final Set<String> TYPES =
      Set.of("NRF", "UDM", "AMF", "SMF", "AUSF", "NEF", "PCF", "UDR", "AF", "BSF", "CHF", "NWDAF");

  private static final Set<String> SERVICES =
      Set.of("naf-eventexposure", "npcf-policyauthorization", "nbsf-management");
  private static final String UUID_V4 =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  private final Set<Quirk> quirks;

  ProfileRules(Set<Quirk> quirks) {
    this.quirks = quirks;
  }

  /** Why it is refused; null where it is fine. */
  @Nullable Answer refusal(String id, ObjectNode profile) {
    String type = profile.path("nfType").asText();
    if (quirks.contains(Quirk.O_01) && !TYPES.contains(type)) {
      return Answer.problem(400, "No NFProfile.NFType", "");
    }
    if (quirks.contains(Quirk.F_01) && !TYPES.contains(type)) {
      return Answer.problem(400, "Malformed request syntax", "invalid nfType: " + type);
    }
    if (quirks.contains(Quirk.F_02) && !id.matches(UUID_V4)) {
      return Answer.problem(400, "Malformed request syntax", "invalid nfInstanceId");
    }
    if (!profile.path("nfInstanceId").asText().equals(id) || type.isEmpty()) {
      return Answer.problem(400, "Malformed request syntax", "not a profile of " + id);
    }
    boolean reachable =
        !profile.path("ipv4Addresses").isEmpty() || !profile.path("ipv6Addresses").isEmpty();
    if (!reachable || profile.path("heartBeatTimer").asInt(1) < 1) {
      return Answer.problem(400, "NFProfile has no usable endpoint", "");
    }
    return quirks.contains(Quirk.O_07) && profile.has("plmnList")
        ? Answer.problem(400, "PLMN-ID not allowed", "")
        : null;
  }

  /** The services of a profile whose names an old core knows. */
  static ArrayNode knownServices(JsonNode services) {
    ArrayNode known = JsonNodeFactory.instance.arrayNode();
    for (JsonNode service : services) {
      if (SERVICES.contains(service.path("serviceName").asText())) {
        known.add(service);
      }
    }
    return known;
  }
}
