package io.aipaging.contract;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plain HTTP clients for cleartext listeners on loopback, one for each version of HTTP. */
final class Wire implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final HttpClient http1 =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final Vertx vertx = Vertx.vertx();
  private final io.vertx.core.http.HttpClient http2 =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false));

  /** How a request travels. */
  enum Version {
    HTTP_1_1,
    H2C
  }

  WireReply send(Version version, int port, WireRequest request) {
    try {
      return version == Version.H2C ? overHttp2(port, request) : overHttp1(port, request);
    } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer to " + request, e);
    }
  }

  @Override
  public void close() {
    http1.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private WireReply overHttp1(int port, WireRequest request)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + request.target()))
            .timeout(TIMEOUT)
            .method(
                request.method(),
                request.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(builder::header);
    HttpResponse<byte[]> response = http1.send(builder.build(), BodyHandlers.ofByteArray());
    return new WireReply(response.statusCode(), response.headers().map(), response.body());
  }

  private WireReply overHttp2(int port, WireRequest request)
      throws InterruptedException, ExecutionException, TimeoutException {
    RequestOptions options =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setMethod(HttpMethod.valueOf(request.method()))
            .setURI(request.target());
    request.headers().forEach(options::putHeader);
    // On a context, so that no chunk of the answer comes before somebody listens.
    CompletableFuture<WireReply> replied = new CompletableFuture<>();
    vertx.runOnContext(
        go ->
            http2
                .request(options)
                .compose(
                    sent ->
                        request.body().length == 0
                            ? sent.send()
                            : sent.send(Buffer.buffer(request.body())))
                .compose(answer -> answer.body().map(body -> reply(answer, body)))
                .onSuccess(replied::complete)
                .onFailure(replied::completeExceptionally));
    return replied.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private static WireReply reply(HttpClientResponse answer, Buffer body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    answer
        .headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(value));
    return new WireReply(answer.statusCode(), headers, body.getBytes());
  }
}
