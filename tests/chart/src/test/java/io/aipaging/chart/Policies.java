package io.aipaging.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What the NetworkPolicies of a rendering let through, between pods of one namespace. */
record Policies(Rendered rendered) {
  /** Whether some policy lets the caller out to the callee. */
  boolean letOut(Map<String, String> caller, Map<String, String> callee, int port) {
    return any(caller, callee, "egress", "to", port);
  }

  /** Whether some policy lets the caller in at the callee. */
  boolean letIn(Map<String, String> caller, Map<String, String> callee, int port) {
    return any(callee, caller, "ingress", "from", port);
  }

  /** Whether a policy is about pods of these labels, in that direction: nothing else is let. */
  boolean isolate(Map<String, String> pod, String policyType) {
    return rendered.all("NetworkPolicy").stream()
        .filter(policy -> matches(policy.path("spec").path("podSelector"), pod))
        .anyMatch(
            policy -> policy.path("spec").path("policyTypes").toString().contains(policyType));
  }

  private boolean any(
      Map<String, String> pod, Map<String, String> peer, String way, String side, int port) {
    for (JsonNode policy : rendered.all("NetworkPolicy")) {
      JsonNode spec = policy.path("spec");
      if (!matches(spec.path("podSelector"), pod)) {
        continue;
      }
      for (JsonNode rule : spec.path(way)) {
        if (names(rule.path(side), peer) && isAmong(rule.path("ports"), port)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean names(JsonNode peers, Map<String, String> pod) {
    for (JsonNode peer : peers) {
      boolean here = !peer.has("ipBlock") && !peer.has("namespaceSelector");
      if (here && matches(peer.path("podSelector"), pod)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAmong(JsonNode ports, int port) {
    for (JsonNode one : ports) {
      if (one.path("port").asInt() == port && one.path("protocol").asText().equals("TCP")) {
        return true;
      }
    }
    return ports.isMissingNode();
  }

  /** Whether a selector of labels matches; an empty one matches all. */
  static boolean matches(JsonNode selector, Map<String, String> labels) {
    for (var wanted : selector.path("matchLabels").properties()) {
      if (!wanted.getValue().asText().equals(labels.get(wanted.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
