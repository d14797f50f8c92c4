package io.aipaging.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Objects that a chart renders.
 *
 * @param text as Helm prints them
 * @param objects parsed, in order
 */
record Rendered(String text, List<JsonNode> objects) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static Rendered of(String text) {
    return new Rendered(text, documents(text));
  }

  /** The documents of a YAML text that are not empty. */
  static List<JsonNode> documents(String text) {
    List<JsonNode> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> all =
        YAML.readerFor(JsonNode.class).readValues(YAML.getFactory().createParser(text))) {
      while (all.hasNext()) {
        JsonNode one = all.next();
        if (one != null && one.isObject()) {
          objects.add(one);
        }
      }
      return List.copyOf(objects);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(String text) {
    return documents(text).getFirst();
  }

  List<JsonNode> all(String kind) {
    return objects.stream().filter(one -> one.path("kind").asText().equals(kind)).toList();
  }

  Optional<JsonNode> find(String kind, String name) {
    return all(kind).stream().filter(one -> name(one).equals(name)).findFirst();
  }

  /** The object of that kind and name; the test fails without it. */
  JsonNode get(String kind, String name) {
    return find(kind, name)
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " is rendered"));
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  static String component(JsonNode object) {
    return object.path("metadata").path("labels").path("app.kubernetes.io/component").asText();
  }

  /** Every pod there would be: of workloads, jobs and tests, and of the sidecar's recipe. */
  List<Pod> pods() {
    List<Pod> pods = new ArrayList<>();
    for (JsonNode object : objects) {
      switch (object.path("kind").asText()) {
        case "Deployment", "StatefulSet", "DaemonSet", "Job" ->
            pods.add(
                new Pod(
                    object,
                    object.path("spec").path("template").path("metadata"),
                    object.path("spec").path("template").path("spec")));
        case "Pod" -> pods.add(new Pod(object, object.path("metadata"), object.path("spec")));
        case "ConfigMap" -> {
          JsonNode patch = object.path("data").path("patch.yaml");
          if (patch.isTextual()) {
            JsonNode template = yaml(patch.asText()).path("spec").path("template");
            pods.add(new Pod(object, object.path("metadata"), template.path("spec")));
          }
        }
        default -> {}
      }
    }
    return pods;
  }

  /** The pod of a component that is no test. */
  Pod pod(String component) {
    return pods().stream()
        .filter(pod -> pod.component().equals(component))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no pod of " + component));
  }

  /** Text of a ConfigMap's key. */
  String data(String configMap, String key) {
    JsonNode text = get("ConfigMap", configMap).path("data").path(key);
    if (!text.isTextual()) {
      throw new AssertionError("ConfigMap " + configMap + " has no " + key);
    }
    return text.asText();
  }
}
