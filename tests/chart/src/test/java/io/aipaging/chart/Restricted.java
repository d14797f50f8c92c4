package io.aipaging.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules of Pod Security Standard "restricted" that a pod can break. */
final class Restricted {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private Restricted() {}

  /** What a pod's spec breaks, in words; empty when it is restricted. */
  static List<String> violations(JsonNode spec) {
    List<String> found = new ArrayList<>();
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (spec.path(host).asBoolean()) {
        found.add(host);
      }
    }
    for (JsonNode volume : spec.path("volumes")) {
      for (var source : volume.properties()) {
        if (!source.getKey().equals("name") && !VOLUMES.contains(source.getKey())) {
          found.add("volume " + volume.path("name").asText() + " is " + source.getKey());
        }
      }
    }
    for (String kind : List.of("containers", "initContainers", "ephemeralContainers")) {
      for (JsonNode container : spec.path(kind)) {
        container(spec.path("securityContext"), container, found);
      }
    }
    return found;
  }

  private static void container(JsonNode pod, JsonNode container, List<String> found) {
    String name = container.path("name").asText() + ": ";
    JsonNode own = container.path("securityContext");
    for (JsonNode port : container.path("ports")) {
      if (port.path("hostPort").asInt() != 0) {
        found.add(name + "hostPort");
      }
    }
    if (own.path("privileged").asBoolean()) {
      found.add(name + "privileged");
    }
    if (!own.path("procMount").asText("Default").equals("Default")) {
      found.add(name + "procMount");
    }
    if (own.path("allowPrivilegeEscalation").asBoolean(true)) {
      found.add(name + "allowPrivilegeEscalation");
    }
    if (!either(pod, own, "runAsNonRoot").asBoolean()) {
      found.add(name + "runAsNonRoot");
    }
    if (either(pod, own, "runAsUser").asInt(1) == 0) {
      found.add(name + "runAsUser 0");
    }
    String seccomp = either(pod, own, "seccompProfile").path("type").asText();
    if (!Set.of("RuntimeDefault", "Localhost").contains(seccomp)) {
      found.add(name + "seccompProfile");
    }
    capabilities(name, own.path("capabilities"), found);
  }

  private static void capabilities(String name, JsonNode capabilities, List<String> found) {
    boolean all = false;
    for (JsonNode dropped : capabilities.path("drop")) {
      all |= dropped.asText().equals("ALL");
    }
    if (!all) {
      found.add(name + "capabilities.drop");
    }
    for (JsonNode added : capabilities.path("add")) {
      if (!added.asText().equals("NET_BIND_SERVICE")) {
        found.add(name + "capabilities.add " + added.asText());
      }
    }
  }

  private static JsonNode either(JsonNode pod, JsonNode own, String key) {
    return own.has(key) ? own.path(key) : pod.path(key);
  }
}
