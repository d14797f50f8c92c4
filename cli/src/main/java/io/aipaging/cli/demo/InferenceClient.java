package io.aipaging.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * An OpenAI-style client as a UE's app would use it: a service URI and a Bearer token, no word of
 * anchors. Sockets are opened by the calling thread. Never retries. Not thread-safe.
 */
final class InferenceClient implements AutoCloseable {
  private static final int TIMEOUT_MS = 3_000;

  private final String serviceUri;
  private final CloseableHttpClient http;
  private String token;

  /**
   * A client.
   *
   * @param serviceUri base URI, such as {@code http://203.0.113.10:8000/v1}
   * @param token AIST
   * @param keepAlive whether a connection serves several requests
   */
  InferenceClient(String serviceUri, String token, boolean keepAlive) {
    this.serviceUri = serviceUri;
    this.token = token;
    var builder =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                            .setSocketTimeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement();
    if (!keepAlive) {
      builder.setConnectionReuseStrategy((request, response, context) -> false);
    }
    http = builder.build();
  }

  /** Goes on with a newer token. */
  void useToken(String newer) {
    token = newer;
  }

  /** Embeds sentences; throws {@link IOException} when the answer is not a 200. */
  List<double[]> embed(List<String> sentences) throws IOException {
    ObjectNode body = Json.MAPPER.createObjectNode().put("model", "all-MiniLM-L6-v2");
    sentences.forEach(body.putArray("input")::add);
    HttpPost request = new HttpPost(serviceUri + "/embeddings");
    request.setHeader("Authorization", "Bearer " + token);
    request.setEntity(new StringEntity(body.toString(), ContentType.APPLICATION_JSON));
    String answer =
        http.execute(
            request,
            response -> {
              String text = EntityUtils.toString(response.getEntity());
              if (response.getCode() != 200) {
                throw new IOException("status " + response.getCode() + ": " + text);
              }
              return text;
            });
    List<double[]> vectors = new ArrayList<>();
    for (JsonNode item : Json.MAPPER.readTree(answer).path("data")) {
      JsonNode values = item.path("embedding");
      double[] vector = new double[values.size()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = values.get(i).doubleValue();
      }
      vectors.add(vector);
    }
    return vectors;
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
