package io.aipaging.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The hand on a simulated PCF. */
final class PcfControl implements AutoCloseable {
  /** It tells of a thousand sessions at once. */
  private static final ObjectMapper UNBOUNDED = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  PcfControl(int port) {
    this.port = port;
  }

  /** Sets how the simulated PCF behaves. */
  void behaves(String behaviour) throws Exception {
    control("PUT", "/behaviour", behaviour);
  }

  /** Live app sessions at the PCF. */
  int appSessions() throws Exception {
    return state().path("sessions").size();
  }

  /** Ids of the live app sessions at the PCF. */
  List<String> appSessionIds() throws Exception {
    List<String> ids = new ArrayList<>();
    state().path("sessions").forEach(session -> ids.add(session.path("id").asText()));
    return ids;
  }

  /** What was done at the PCF that would have harmed a real one. */
  JsonNode violations() throws Exception {
    return state().path("violations");
  }

  private JsonNode state() throws Exception {
    return UNBOUNDED.readTree(control("GET", "/state", ""));
  }

  String control(String method, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer);
    }
    return answer.body();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
