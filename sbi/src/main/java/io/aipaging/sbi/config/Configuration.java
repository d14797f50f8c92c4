package io.aipaging.sbi.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.aipaging.sbi.NullnessIntrospector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads one configuration record: keys are kebab-case, an absent key takes its {@link Default}, an
 * unknown key refuses to start, the record's constructor validates. Each scalar key may be
 * overridden by the environment: {@code listener.port} with prefix {@code AIPAGING_AIPF} is {@code
 * AIPAGING_AIPF_LISTENER_PORT}. Durations are {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}
 * or ISO 8601.
 */
public final class Configuration {
  private static final long FILE_BYTES_MAX = 1024 * 1024;

  private Configuration() {}

  /**
   * Loads a record.
   *
   * @param yaml file to read
   * @param env environment variables
   * @param envPrefix prefix of this configuration's variables, without trailing underscore
   * @throws ConfigurationException naming the key at fault
   */
  public static <T extends Record> T load(
      Class<T> type, Path yaml, Map<String, String> env, String envPrefix) {
    try {
      if (Files.size(yaml) > FILE_BYTES_MAX) {
        throw new ConfigurationException(yaml + " is larger than " + FILE_BYTES_MAX + " bytes");
      }
      return parse(type, Files.readString(yaml), env, envPrefix);
    } catch (IOException e) {
      throw new ConfigurationException("cannot read " + yaml, e);
    }
  }

  /** As {@link #load} from a text instead of a file. */
  public static <T extends Record> T parse(
      Class<T> type, String yaml, Map<String, String> env, String envPrefix) {
    YAMLMapper mapper = mapper();
    JsonNode file = read(mapper, yaml);
    ObjectNode tree = mapper.createObjectNode();
    if (file instanceof ObjectNode object) {
      tree.setAll(object);
    } else if (!file.isMissingNode() && !file.isNull()) {
      throw new ConfigurationException("the configuration is no mapping of keys");
    }
    Shape shape = new Shape(mapper, env, envPrefix);
    shape.complete(type, tree, "");
    requireKnownVariables(env, envPrefix, shape);
    try {
      return mapper.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw new ConfigurationException(key(e) + ": " + reason(e), e);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException("the configuration cannot be read", e);
    }
  }

  /** The YAML that {@link #parse} reads back as {@code configuration}; secrets in it included. */
  public static String text(Record configuration) {
    try {
      return mapper().writeValueAsString(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a configuration", e);
    }
  }

  private static JsonNode read(YAMLMapper mapper, String yaml) {
    try {
      return mapper.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          "malformed YAML near line " + e.getLocation().getLineNr(), e);
    }
  }

  private static void requireKnownVariables(
      Map<String, String> env, String envPrefix, Shape shape) {
    TreeSet<String> unknown = new TreeSet<>(env.keySet());
    unknown.removeIf(name -> !name.startsWith(envPrefix + "_") || shape.knows(name));
    if (!unknown.isEmpty()) {
      throw new ConfigurationException("unknown environment variable " + unknown.getFirst());
    }
  }

  private static String key(JsonMappingException e) {
    String key =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return key.isEmpty() ? "configuration" : key;
  }

  /** The record's own words where it refused; never the value. */
  private static String reason(JsonMappingException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        return String.valueOf(cause.getMessage());
      }
    }
    return "missing or not acceptable";
  }

  private static YAMLMapper mapper() {
    return YAMLMapper.builder(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
        .addModule(new JavaTimeModule())
        .addModule(DurationText.module())
        .annotationIntrospector(new NullnessIntrospector())
        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .build();
  }
}
