package io.aipaging.simulators.pcf;

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
import java.util.List;
import java.util.Map;

/** The specification's own schemas as oracle for what a client sends. */
final class SpecSchema {
  private static final String LOCATION = "https://spec.invalid/TS29514.yaml";

  private final JsonSchema appSessionContext;
  private final JsonSchema update;

  private SpecSchema(JsonSchema appSessionContext, JsonSchema update) {
    this.appSessionContext = appSessionContext;
    this.update = update;
  }

  static SpecSchema load(Path yaml) {
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
    return new SpecSchema(
        component(factory, "AppSessionContext"),
        component(factory, "AppSessionContextUpdateDataPatch"));
  }

  private static JsonSchema component(JsonSchemaFactory factory, String name) {
    return factory.getSchema(
        SchemaLocation.of(LOCATION + "#/components/schemas/" + name),
        SchemaValidatorsConfig.builder().build());
  }

  /** What is wrong with a create's body; empty when nothing is. */
  List<String> faultsOfCreate(JsonNode body) {
    return faults(appSessionContext, body);
  }

  /** What is wrong with an update's body. */
  List<String> faultsOfUpdate(JsonNode body) {
    return faults(update, body);
  }

  private static List<String> faults(JsonSchema schema, JsonNode body) {
    return schema.validate(body).stream().map(ValidationMessage::toString).sorted().toList();
  }
}
