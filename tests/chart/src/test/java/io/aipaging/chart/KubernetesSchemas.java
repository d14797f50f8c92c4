package io.aipaging.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Strict schemas of one version of Kubernetes, and of custom resources, as fetch-schemas left them.
 */
final class KubernetesSchemas {
  private static final String ID = "https://kubernetes.io/api/";
  private final Path folder;
  private final JsonSchemaFactory factory;
  private final Map<String, JsonSchema> custom = new HashMap<>();
  private final Map<String, JsonSchema> known = new HashMap<>();

  private KubernetesSchemas(Path folder) {
    this.folder = folder;
    this.factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder ->
                builder.schemaMappers(mappers -> mappers.mapPrefix(ID, folder.toUri().toString())));
  }

  /**
   * Schemas of a version.
   *
   * @param version such as {@code 1.30.0}
   */
  static KubernetesSchemas of(String version) {
    Path fetched = Chart.repository().resolve(".aipaging/kubernetes-schemas");
    Needed.orSkip(
        Files.exists(fetched.resolve("fetched")),
        "Kubernetes' schemas are not here; tests/chart/fetch-schemas fetches them");
    KubernetesSchemas schemas = new KubernetesSchemas(fetched.resolve("v" + version));
    try (Stream<Path> definitions = Files.list(fetched.resolve("crds"))) {
      for (Path file : definitions.toList()) {
        schemas.define(Rendered.yaml(Files.readString(file)));
      }
      return schemas;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void define(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    for (JsonNode version : spec.path("versions")) {
      JsonNode schema = version.path("schema").path("openAPIV3Schema");
      close(schema, true);
      custom.put(
          spec.path("group").asText()
              + "/"
              + version.path("name").asText()
              + " "
              + spec.path("names").path("kind").asText(),
          factory.getSchema(schema));
    }
  }

  /** As the API server's strict decoding: keys that no property names are refused. */
  private static void close(JsonNode schema, boolean root) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      object.put("additionalProperties", false);
    }
    for (var member : schema.properties()) {
      if (!root || !member.getKey().equals("metadata")) {
        close(member.getValue(), false);
      }
    }
    if (schema.isArray()) {
      schema.forEach(one -> close(one, false));
    }
  }

  /** What is wrong with an object; empty when it is valid. */
  List<String> violations(JsonNode object) {
    List<String> found = new ArrayList<>();
    JsonSchema schema = schema(object);
    if (schema == null) {
      return List.of("there is no " + object.path("apiVersion") + " " + object.path("kind"));
    }
    schema.validate(object).forEach(problem -> found.add(problem.getMessage()));
    return found;
  }

  private JsonSchema schema(JsonNode object) {
    String version = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    JsonSchema defined = custom.get(version + " " + kind);
    if (defined != null) {
      return defined;
    }
    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) + "/" : "";
    String shortGroup = group.isEmpty() ? "" : group.split("[./]", 2)[0] + "-";
    String file =
        kind.toLowerCase(Locale.ROOT)
            + "-"
            + shortGroup
            + version.substring(version.indexOf('/') + 1)
            + ".json";
    return known.computeIfAbsent(
        file,
        name ->
            Files.exists(folder.resolve(name))
                ? factory.getSchema(folder.resolve(name).toUri())
                : null);
  }
}
