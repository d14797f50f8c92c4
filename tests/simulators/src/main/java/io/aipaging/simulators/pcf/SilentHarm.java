package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.pcf.PduSessionWatch.Violation;
import java.util.ArrayList;
import java.util.List;

/** What a PCF accepts without a word although nothing, or nothing good, comes of it. */
final class SilentHarm {
  /** How many app sessions of a PDU session Open5GS really installs. */
  static final int INSTALLED_MAX = 3;

  private static final String NEVER = "NEVER_INSTALLED";
  private static final String UNGUARANTEED = "UNGUARANTEED";

  private final PcfSimulatorConfig config;

  SilentHarm(PcfSimulatorConfig config) {
    this.config = config;
  }

  /**
   * Of a create that was accepted.
   *
   * @param held app sessions that the PDU session has already
   */
  List<Violation> ofCreate(JsonNode asc, long held) {
    List<Violation> harm = new ArrayList<>();
    String ue = CreateRules.ueAddress(asc);
    if (config.has(Quirk.O_30) && held >= INSTALLED_MAX) {
      harm.add(new Violation(NEVER, ue, "CREATE", "it has " + held + " already"));
    }
    if (asc.path("medComponents").isEmpty()) {
      harm.add(new Violation("SPOILT", ue, "CREATE", "nothing but a route"));
    }
    List<String> filters = new ArrayList<>();
    for (JsonNode component : asc.path("medComponents")) {
      for (JsonNode sub : component.path("medSubComps")) {
        sub.path("fDescs").forEach(filter -> filters.add(filter.asText()));
      }
      if (config.has(Quirk.O_26) && component.has("marBwDl") != component.has("mirBwDl")) {
        harm.add(new Violation(UNGUARANTEED, ue, "CREATE", "one of two rates"));
      }
      if (config.has(Quirk.F_22) && component.has("mirBwUl") && !directions(filters)) {
        harm.add(new Violation(UNGUARANTEED, ue, "CREATE", "a direction without a flow"));
      }
    }
    if (filters.isEmpty() || !filters.stream().allMatch(FilterText::isUsable)) {
      harm.add(new Violation(NEVER, ue, "CREATE", "no flow that can be installed"));
    }
    if (config.has(Quirk.F_23) && filters.size() > 2) {
      harm.add(new Violation(NEVER, ue, "CREATE", filters.size() + " flow descriptions"));
    }
    return harm;
  }

  /** Of an update that was accepted. */
  List<Violation> ofUpdate(AppSession session, JsonNode data) {
    JsonNode before = session.context().at("/ascReqData/medComponents");
    boolean changed = data.has("medComponents") && !data.path("medComponents").equals(before);
    return changed && (config.has(Quirk.O_34) || config.has(Quirk.F_28))
        ? List.of(new Violation("LEFT_BEHIND", session.ue(), "UPDATE", "the former flows"))
        : List.of();
  }

  private static boolean directions(List<String> filters) {
    return filters.stream().anyMatch(filter -> filter.startsWith("permit out"))
        && filters.stream().anyMatch(filter -> filter.startsWith("permit in "));
  }
}
