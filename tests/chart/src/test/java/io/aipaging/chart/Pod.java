package io.aipaging.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A pod that some object of a rendering makes.
 *
 * @param owner the object
 * @param metadata the pod's
 * @param spec the pod's
 */
record Pod(JsonNode owner, JsonNode metadata, JsonNode spec) {
  /** Address that stands for {@code status.podIP}. */
  static final String ADDRESS = "10.1.2.3";

  private static final String UID = "7c2f0d2e-3b3e-4c5b-9d57-0d5d3f4f8a11";

  /** Volumes that a function may write. */
  private static final List<String> WRITABLE =
      List.of("emptyDir", "persistentVolumeClaim", "hostPath");

  private static final JsonNode CLAIM = Rendered.yaml("persistentVolumeClaim: {}");

  String component() {
    return metadata.path("labels").path("app.kubernetes.io/component").asText();
  }

  /** The function's own container, first in the pod. */
  JsonNode container() {
    return spec.path("containers").path(0);
  }

  List<JsonNode> containers() {
    List<JsonNode> all = new ArrayList<>();
    spec.path("containers").forEach(all::add);
    spec.path("initContainers").forEach(all::add);
    return all;
  }

  @Override
  public String toString() {
    return owner.path("kind").asText() + " " + Rendered.name(owner);
  }

  /** The environment as the kubelet makes it; values of Secrets are placeholders. */
  Map<String, String> environment() {
    return environment(key -> "placeholder-of-" + key);
  }

  /** The same with the values of Secrets' keys. */
  Map<String, String> environment(UnaryOperator<String> secrets) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (JsonNode variable : container().path("env")) {
      String name = variable.path("name").asText();
      JsonNode from = variable.path("valueFrom");
      String value =
          from.isMissingNode() ? variable.path("value").asText() : resolved(from, secrets);
      for (Map.Entry<String, String> earlier : environment.entrySet()) {
        value = value.replace("$(" + earlier.getKey() + ")", earlier.getValue());
      }
      environment.put(name, value);
    }
    return environment;
  }

  private static String resolved(JsonNode from, UnaryOperator<String> secrets) {
    if (from.has("secretKeyRef")) {
      return secrets.apply(from.path("secretKeyRef").path("key").asText());
    }
    String field = from.path("fieldRef").path("fieldPath").asText();
    return switch (field) {
      case "status.podIP" -> ADDRESS;
      case "metadata.name" -> "pod-0";
      case "metadata.uid" -> UID;
      default -> throw new AssertionError("what is " + field + "?");
    };
  }

  /**
   * Files that are mounted, with their texts; of Secrets, the names of the keys instead.
   *
   * @param in where ConfigMaps are
   */
  Map<String, String> files(Rendered in) {
    Map<String, String> files = new TreeMap<>();
    for (JsonNode mount : container().path("volumeMounts")) {
      JsonNode volume = volume(mount.path("name").asText());
      String at = mount.path("mountPath").asText() + "/";
      if (volume.has("configMap")) {
        in.get("ConfigMap", volume.path("configMap").path("name").asText())
            .path("data")
            .properties()
            .forEach(entry -> files.put(at + entry.getKey(), entry.getValue().asText()));
      } else if (volume.has("secret")) {
        JsonNode secret = volume.path("secret");
        List<String> keys = new ArrayList<>();
        secret.path("items").forEach(item -> keys.add(item.path("path").asText()));
        if (keys.isEmpty()) {
          String name = secret.path("secretName").asText();
          keys.addAll(Scenarios.secretKeys(name));
        }
        keys.forEach(key -> files.put(at + key, key));
      }
    }
    return files;
  }

  /** Folders in which the function may write. */
  TreeSet<String> writable() {
    TreeSet<String> folders = new TreeSet<>();
    for (JsonNode mount : container().path("volumeMounts")) {
      JsonNode volume = volume(mount.path("name").asText());
      boolean writes = WRITABLE.stream().anyMatch(volume::has);
      if (writes && !mount.path("readOnly").asBoolean()) {
        folders.add(mount.path("mountPath").asText() + "/");
      }
    }
    return folders;
  }

  private JsonNode volume(String name) {
    for (JsonNode claim : owner.path("spec").path("volumeClaimTemplates")) {
      if (Rendered.name(claim).equals(name)) {
        return CLAIM;
      }
    }
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.path("name").asText().equals(name)) {
        return volume;
      }
    }
    throw new AssertionError(this + " mounts " + name + ", which is no volume of it");
  }
}
