package io.aipaging.sbi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * The one JSON dialect of the service-based interface: tolerant of unknown members, strict about
 * everything else, every dimension bounded.
 */
public final class Json {
  /** Longest document read, bytes. */
  public static final int DOCUMENT_BYTES_MAX = 256 * 1024;

  /** Deepest nesting read. */
  public static final int DEPTH_MAX = 32;

  /** Longest number read, characters. */
  public static final int NUMBER_CHARACTERS_MAX = 100;

  /** Longest member name read, characters. */
  public static final int NAME_CHARACTERS_MAX = 256;

  /**
   * Reads and writes records: ISO 8601 times, null members not written, unknown members ignored,
   * duplicate members refused, members of a record required unless marked {@code @Nullable}. Never
   * reconfigured.
   */
  public static final ObjectMapper MAPPER = mapper();

  private Json() {}

  /**
   * Parses one document.
   *
   * @throws JsonProcessingException when it is malformed, has duplicate members or trailing bytes,
   *     or exceeds a limit, including numbers no {@code double} can hold
   */
  public static JsonNode tree(byte[] document) throws JsonProcessingException {
    requireUtf8(document);
    JsonNode tree;
    try {
      tree = MAPPER.readTree(document);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedJson("not JSON", e);
    }
    if (tree == null || tree.isMissingNode()) {
      throw new MalformedJson("empty document", null);
    }
    requireFinite(tree);
    return tree;
  }

  /** Jackson would guess UTF-16 and UTF-32; RFC 8259 section 8.1 leaves UTF-8 only. */
  private static void requireUtf8(byte[] document) throws MalformedJson {
    for (byte one : document) {
      if (one == 0) {
        throw new MalformedJson("not UTF-8", null);
      }
    }
  }

  private static void requireFinite(JsonNode node) throws JsonProcessingException {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new MalformedJson("number out of range", null);
    }
    for (JsonNode child : node) {
      requireFinite(child);
    }
  }

  private static ObjectMapper mapper() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxDocumentLength(DOCUMENT_BYTES_MAX)
            .maxNumberLength(NUMBER_CHARACTERS_MAX)
            .maxStringLength(DOCUMENT_BYTES_MAX)
            .maxNameLength(NAME_CHARACTERS_MAX)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .addModule(new JavaTimeModule())
        .annotationIntrospector(new NullnessIntrospector())
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
        .build();
  }

  private static final class MalformedJson extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    MalformedJson(String message, @org.jspecify.annotations.Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
