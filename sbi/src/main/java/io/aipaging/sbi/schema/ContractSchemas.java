package io.aipaging.sbi.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.oas.OpenApi30;
import com.networknt.schema.resource.SchemaLoader;
import io.aipaging.openapi.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI files on the class path, below {@code openapi/}, as validators. A file may refer to
 * another one beside it; nothing is ever fetched from elsewhere.
 */
public final class ContractSchemas {
  private static final String BASE = "classpath:openapi/";
  private static final String FOLDER = "openapi/";

  private final ObjectMapper yaml =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
  private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();
  private final JsonSchemaFactory factory = factory();
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .formatAssertionsEnabled(true)
          .regularExpressionFactory(new PatternDialect())
          .preloadJsonSchema(true)
          .build();

  /**
   * The validator of one operation.
   *
   * @throws IllegalStateException when {@code openapi/<api>.yaml} is absent or does not have the
   *     operation under the same method, path and operationId
   */
  public OperationSchema operation(Operation<?, ?> operation) {
    String file = operation.api() + ".yaml";
    String path = operation.path().substring(("/" + operation.api() + "/v1").length());
    String method = operation.method().toLowerCase(java.util.Locale.ROOT);
    JsonNode paths = document(file).path("paths");
    JsonNode found = paths.path(path).path(method);
    if (!found.path("operationId").asText("").equals(operation.operationId())) {
      throw new IllegalStateException(
          FOLDER + file + " has no " + operation.operationId() + " at " + method + " " + path);
    }
    String at = "/paths/" + escaped(path) + "/" + method;
    List<Parameter> parameters = new ArrayList<>();
    addParameters(parameters, file, "/paths/" + escaped(path) + "/parameters");
    addParameters(parameters, file, at + "/parameters");
    return new OperationSchema(parameters, body(file, at + "/requestBody"));
  }

  private OperationSchema.@Nullable Body body(String file, String at) {
    if (document(file).at(at).isMissingNode()) {
      return null;
    }
    Place place = resolved(new Place(file, at));
    JsonNode body = node(place);
    Place schema = place.child("content/application~1json/schema");
    if (node(schema).isMissingNode()) {
      throw new IllegalStateException(FOLDER + file + ": no JSON schema at " + at);
    }
    return new OperationSchema.Body(
        body.path("required").asBoolean(false), schema(schema), new Mandatory(this, schema));
  }

  private void addParameters(List<Parameter> parameters, String file, String at) {
    int count = document(file).at(at).size();
    for (int i = 0; i < count; i++) {
      Place place = resolved(new Place(file, at + "/" + i));
      JsonNode parameter = node(place);
      String in = parameter.path("in").asText();
      if (in.equals("path") || in.equals("query")) {
        Place schema = place.child("schema");
        parameters.add(
            new Parameter(
                parameter.path("name").asText(),
                in.equals("path"),
                in.equals("path") || parameter.path("required").asBoolean(false),
                ParameterReader.of(node(resolved(schema)), this, resolved(schema)),
                schema(schema)));
      }
    }
  }

  private JsonSchema schema(Place place) {
    return factory.getSchema(
        SchemaLocation.of(BASE + place.file() + "#" + place.pointer()), config);
  }

  JsonNode node(Place place) {
    return document(place.file()).at(place.pointer());
  }

  /** Follows {@code $ref}s to where the thing itself stands. */
  Place resolved(Place place) {
    Place at = place;
    for (int hops = 0; hops < 16; hops++) {
      String ref = node(at).path("$ref").asText("");
      if (ref.isEmpty()) {
        return at;
      }
      int hash = ref.indexOf('#');
      String file = hash <= 0 ? at.file() : ref.substring(0, hash);
      at = new Place(file.startsWith("./") ? file.substring(2) : file, ref.substring(hash + 1));
    }
    throw new IllegalStateException("references go in circles at " + place);
  }

  private JsonNode document(String file) {
    return documents.computeIfAbsent(file, this::read);
  }

  private JsonNode read(String file) {
    try (InputStream in =
        ContractSchemas.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException(FOLDER + file + " is not on the class path");
      }
      JsonNode document = yaml.readTree(in);
      return document == null ? JsonNodeFactory.instance.missingNode() : document;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(FOLDER + file + " is malformed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A factory whose only source of schemas is the class path folder. */
  private JsonSchemaFactory factory() {
    SchemaLoader folder =
        iri -> {
          String name = iri.toString();
          if (!name.startsWith(BASE)) {
            throw new IllegalStateException("schemas come from " + FOLDER + " only: " + name);
          }
          byte[] json;
          try {
            json = new ObjectMapper().writeValueAsBytes(document(name.substring(BASE.length())));
          } catch (JsonProcessingException e) {
            throw new IllegalStateException(name, e);
          }
          return () -> new java.io.ByteArrayInputStream(json);
        };
    JsonMetaSchema dialect =
        JsonMetaSchema.builder(OpenApi30.getInstance())
            .unknownKeywordFactory((keyword, node) -> new NonValidationKeyword(keyword))
            .build();
    return JsonSchemaFactory.getInstance(
        VersionFlag.V4,
        builder ->
            builder
                .metaSchema(dialect)
                .defaultMetaSchemaIri(dialect.getIri())
                .schemaLoaders(
                    loaders ->
                        loaders.values(
                            list -> {
                              list.clear();
                              list.add(folder);
                            })));
  }

  static String escaped(String segment) {
    return segment.replace("~", "~0").replace("/", "~1");
  }

  /**
   * A spot in a file.
   *
   * @param file name below the folder
   * @param pointer JSON Pointer
   */
  record Place(String file, String pointer) {
    Place child(String relativePointer) {
      return new Place(file, pointer + "/" + relativePointer);
    }
  }
}
