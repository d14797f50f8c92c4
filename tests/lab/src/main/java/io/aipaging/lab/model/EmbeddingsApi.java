package io.aipaging.lab.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The JSON side of the OpenAI-compatible interface: parse, embed, render. */
final class EmbeddingsApi {
  static final int INPUTS_MAX = 64;

  private static final int DEPTH_MAX = 16;

  private final ObjectMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .build();
  private final Embedder embedder;
  private final String model;

  EmbeddingsApi(Embedder embedder, String model) {
    this.embedder = embedder;
    this.model = model;
  }

  /** Answers {@code POST /v1/embeddings}. */
  byte[] embeddings(byte[] body) {
    JsonNode request = parse(body);
    JsonNode wanted = request.path("model");
    if (!wanted.isTextual()) {
      throw ApiError.invalid("model", "you must provide a model parameter");
    }
    if (!wanted.textValue().equals(model)) {
      throw ApiError.of(404, "model_not_found", "the model does not exist");
    }
    boolean base64 = encodedAsBase64(request.path("encoding_format"));
    checkDimensions(request.path("dimensions"));
    Embedder.Embeddings out = embedder.embed(inputs(request.path("input")));
    List<Item> items = new ArrayList<>();
    for (float[] vector : out.vectors()) {
      items.add(new Item("embedding", items.size(), base64 ? base64(vector) : vector));
    }
    return render(new EmbeddingList("list", items, model, new Usage(out.tokens(), out.tokens())));
  }

  /** Answers {@code GET /v1/models}. */
  byte[] models() {
    return render(new ModelList("list", List.of(new Model(model, "model", 0, "aipaging-lab"))));
  }

  /** Renders any answer. */
  byte[] render(Object answer) {
    try {
      return json.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode parse(byte[] body) {
    try {
      JsonNode request = json.readTree(body);
      if (request == null || !request.isObject()) {
        throw ApiError.invalid(null, "the body must be a JSON object");
      }
      return request;
    } catch (IOException e) {
      throw ApiError.invalid(null, "the body is not valid JSON");
    }
  }

  private static boolean encodedAsBase64(JsonNode format) {
    return switch (format.asText("float")) {
      case "", "float" -> false;
      case "base64" -> true;
      default -> throw ApiError.invalid("encoding_format", "must be float or base64");
    };
  }

  private void checkDimensions(JsonNode dimensions) {
    if (!dimensions.isMissingNode() && dimensions.asInt(0) != embedder.dimensions()) {
      throw ApiError.invalid("dimensions", "this model has " + embedder.dimensions());
    }
  }

  private static List<String> inputs(JsonNode input) {
    List<String> texts = new ArrayList<>();
    if (input.isTextual()) {
      texts.add(input.textValue());
    } else if (input.isArray() && input.size() <= INPUTS_MAX) {
      for (JsonNode element : input) {
        if (!element.isTextual()) {
          throw ApiError.invalid("input", "only text is embedded, not tokens");
        }
        texts.add(element.textValue());
      }
    } else {
      throw ApiError.invalid("input", "must be a text or an array of 1 to " + INPUTS_MAX);
    }
    if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
      throw ApiError.invalid("input", "must not be empty");
    }
    return texts;
  }

  /** Little-endian float32, as OpenAI's clients decode it. */
  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private record EmbeddingList(String object, List<Item> data, String model, Usage usage) {}

  private record Item(String object, int index, Object embedding) {}

  private record Usage(
      @JsonProperty("prompt_tokens") int promptTokens,
      @JsonProperty("total_tokens") int totalTokens) {}

  private record ModelList(String object, List<Model> data) {}

  private record Model(
      String id, String object, long created, @JsonProperty("owned_by") String ownedBy) {}
}
