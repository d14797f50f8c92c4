package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Quirk;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a PCF refuses of the media components of a create. */
final class MediaRules {
  private static final Set<String> OPEN5GS_MEDIA = Set.of("AUDIO", "VIDEO", "CONTROL");

  /** The subscriber's guaranteed rate, in bit/s. */
  private static final double GUARANTEED_MAX = 100e6;

  private final PcfSimulatorConfig config;

  MediaRules(PcfSimulatorConfig config) {
    this.config = config;
  }

  /** The refusal, or null when all are fine. */
  @Nullable Reply refusal(JsonNode components) {
    for (JsonNode component : components) {
      Reply refusal = refusalOfQos(component);
      if (refusal == null) {
        refusal = refusalOfFilters(component.path("medSubComps"));
      }
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable Reply refusalOfQos(JsonNode component) {
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
    boolean above =
        BitRate.of(component.path("mirBwDl").asText("")) > GUARANTEED_MAX
            || BitRate.of(component.path("mirBwUl").asText("")) > GUARANTEED_MAX;
    return above && config.has(Quirk.F_39)
        ? Reply.problem(403, "REQUESTED_SERVICE_NOT_AUTHORIZED", "above what is subscribed")
        : null;
  }

  private @Nullable Reply refusalOfFilters(JsonNode subComponents) {
    if (subComponents.isEmpty() && !config.has(Quirk.O_27)) {
      return Reply.problem(403, "INVALID_SERVICE_INFORMATION", "no flow description");
    }
    for (JsonNode sub : subComponents) {
      for (JsonNode filter : sub.path("fDescs")) {
        if (!FilterText.isUsable(filter.asText()) && !isAccepted(filter.asText())) {
          return config.has(Quirk.O_28)
              ? Reply.problem(403, null, "install_flow() failed")
              : Reply.problem(403, "FILTER_RESTRICTIONS", "a flow description is not usable");
        }
      }
    }
    return null;
  }

  /** What is accepted although nothing comes of it. */
  private boolean isAccepted(String filter) {
    return (config.has(Quirk.F_24) && FilterText.namesItsProtocol(filter))
        || (config.has(Quirk.F_25) && FilterText.isBothWays(filter));
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
}
