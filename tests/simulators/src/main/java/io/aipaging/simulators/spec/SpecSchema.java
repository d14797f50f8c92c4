package io.aipaging.simulators.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The specification's own schemas as oracle for what a client sends. */
public final class SpecSchema {
  private static final String LOCATION = "https://spec.invalid/spec.yaml";

  private final Map<String, JsonSchema> components;

  private SpecSchema(Map<String, JsonSchema> components) {
    this.components = Map.copyOf(components);
  }

  /** Some component schemas of a file. */
  public static SpecSchema load(Path yaml, String... names) {
    String text;
    try {
      text = Files.readString(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OpenApi30.getInstance();
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            builder ->
                builder
                    .metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                    .schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, text))));
    Map<String, JsonSchema> components = new HashMap<>();
    for (String name : names) {
      components.put(name, component(factory, name));
    }
    return new SpecSchema(components);
  }

  private static JsonSchema component(JsonSchemaFactory factory, String name) {
    return factory.getSchema(
        SchemaLocation.of(LOCATION + "#/components/schemas/" + name),
        SchemaValidatorsConfig.builder().build());
  }

  /** What is wrong with a body by a loaded component; empty when nothing is. */
  public List<String> faults(String component, JsonNode body) {
    JsonSchema schema = components.get(component);
    if (schema == null) {
      throw new IllegalArgumentException("not loaded: " + component);
    }
    return schema.validate(body).stream().map(ValidationMessage::toString).sorted().toList();
  }
}
