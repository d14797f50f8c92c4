package io.aipaging.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static ModelServer server;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    server = ModelServer.start("127.0.0.1", 0, ModelServer.MODEL, new MiniLmEmbedder());
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void sentencesOfOneMeaningAreNearerThanOthers() throws Exception {
    JsonNode answer =
        embed(
            """
            {"model":"all-MiniLM-L6-v2",
             "input":["a cat sits on the mat","a kitten rests on a rug","interest rates rose"]}
            """);
    float[] cat = floats(answer.at("/data/0/embedding"));
    float[] kitten = floats(answer.at("/data/1/embedding"));
    float[] rates = floats(answer.at("/data/2/embedding"));
    assertThat(cat).hasSize(384);
    assertThat(dot(cat, cat)).isCloseTo(1.0, Offset.offset(1e-3));
    assertThat(dot(cat, kitten)).isGreaterThan(dot(cat, rates) + 0.3);
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isBetween(10, 40);
    assertThat(answer.at("/data/2/index").asInt()).isEqualTo(2);
  }

  @Test
  void base64CarriesTheSameVector() throws Exception {
    String body = "{\"model\":\"all-MiniLM-L6-v2\",\"input\":\"hello\"%s}";
    float[] plain = floats(embed(body.formatted("")).at("/data/0/embedding"));
    JsonNode encoded = embed(body.formatted(",\"encoding_format\":\"base64\""));
    float[] decoded = new float[384];
    ByteBuffer.wrap(Base64.getDecoder().decode(encoded.at("/data/0/embedding").asText()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(decoded);
    assertThat(decoded).isEqualTo(plain);
  }

  @Test
  void wrongRequestsAreRefusedInOpenAiShape() throws Exception {
    assertRefused("{\"model\":\"gpt-9\",\"input\":\"x\"}", 404, "model_not_found");
    assertRefused("{\"input\":\"x\"}", 400, null);
    assertRefused("{\"model\":\"all-MiniLM-L6-v2\"}", 400, null);
    assertRefused("{\"model\":\"all-MiniLM-L6-v2\",\"input\":[]}", 400, null);
    assertRefused("{\"model\":\"all-MiniLM-L6-v2\",\"input\":[1,2]}", 400, null);
    assertRefused("{\"model\":\"all-MiniLM-L6-v2\",\"input\":\"  \"}", 400, null);
    assertRefused("{\"model\":\"all-MiniLM-L6-v2\",\"input\":\"x\",\"dimensions\":8}", 400, null);
    assertRefused(
        "{\"model\":\"all-MiniLM-L6-v2\",\"input\":\"x\",\"encoding_format\":\"hex\"}", 400, null);
    assertRefused(
        "{\"model\":\"all-MiniLM-L6-v2\",\"input\":[" + "\"x\",".repeat(64) + "\"x\"]}", 400, null);
    assertRefused("not json", 400, null);
    assertRefused("[]", 400, null);
    assertRefused("[".repeat(40), 400, null);
    assertRefused("x".repeat((1 << 20) + 1), 413, "body_too_large");
  }

  @Test
  void modelsAndHealthAreAnswered() throws Exception {
    assertThat(JSON.readTree(get("/v1/models").body()).at("/data/0/id").asText())
        .isEqualTo(ModelServer.MODEL);
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/v1/embeddings").statusCode()).isEqualTo(405);
  }

  private static void assertRefused(String body, int status, String code) throws Exception {
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("message").asText()).isNotEmpty();
    assertThat(error.path("code").asText(null)).isEqualTo(code);
  }

  private static JsonNode embed(String body) throws Exception {
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri("/v1/embeddings")).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static float[] floats(JsonNode array) {
    float[] vector = new float[array.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = array.get(i).floatValue();
    }
    return vector;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
