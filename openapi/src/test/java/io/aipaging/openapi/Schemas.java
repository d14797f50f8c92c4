package io.aipaging.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import com.networknt.schema.regex.RegularExpression;
import java.util.List;
import java.util.regex.Pattern;

/** Validates against the OpenAPI files on the class path. */
final class Schemas {
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .formatAssertionsEnabled(true)
          .regularExpressionFactory(Schemas::ecma)
          .build();

  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(
          VersionFlag.V4,
          builder ->
              builder
                  .metaSchema(OpenApi30.getInstance())
                  .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));

  /** JSON Pointers at fault, each once; empty when {@code value} is valid. */
  List<String> faults(String api, String pointer, JsonNode value) {
    JsonSchema schema =
        factory.getSchema(
            SchemaLocation.of("classpath:openapi/" + api + ".yaml#" + pointer), CONFIG);
    return schema.validate(value).stream().map(Schemas::fault).distinct().toList();
  }

  /** In ECMA-262, which OpenAPI means, {@code $} does not match before a last line break. */
  private static RegularExpression ecma(String regex) {
    Pattern pattern = Pattern.compile(regex.replace("$", "\\z"));
    return value -> pattern.matcher(value).find();
  }

  private static String fault(ValidationMessage message) {
    String at = message.getInstanceLocation().toString();
    return message.getProperty() == null ? at : at + "/" + message.getProperty();
  }
}
