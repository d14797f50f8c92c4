package io.aipaging.sbi.transport;

import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.transport.TransportFailure.Kind;
import io.aipaging.sbi.wire.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Pooled HTTP to one peer; calls block, redirects are not followed, answers are bounded. Callers
 * are virtual threads.
 */
public final class HttpTransport implements AutoCloseable {
  private static final int HTTP2_REFUSED_STREAM = 0x7;
  private static final int HTTP2_CANCEL = 0x8;
  private static final int HEADER_BYTES_MAX = 16_384;
  private static final int WAITING_MAX = 10_000;

  private final URI base;
  private final Duration connectTimeout;
  private final int bodyBytesMax;
  private final boolean http2;
  private final HttpClientAgent client;
  private final Runnable stopFollowing;

  /** Of connections whose peer has said GOAWAY the last stream it has looked at. */
  private final Map<HttpConnection, Integer> lastLookedAt =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final @Nullable Vertx ownVertx;

  private HttpTransport(ClientConfig config, int bodyBytesMax, Vertx vertx, boolean own) {
    this.base = config.baseUri();
    this.connectTimeout = config.connectTimeout();
    this.bodyBytesMax = bodyBytesMax;
    this.http2 = config.http2();
    HttpClientOptions options = options(config);
    ClientTlsConfig tls = config.tls();
    TlsOptions.Renewal<HttpClientAgent> renewal =
        tls == null ? (_, _) -> () -> {} : TlsOptions.apply(tls, options);
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool(config))
            .withConnectHandler(this::connected)
            .build();
    this.stopFollowing = renewal.follow(vertx, client);
    this.ownVertx = own ? vertx : null;
  }

  /**
   * Opens a transport; connections are made when needed.
   *
   * @param bodyBytesMax longest answer body
   * @param shared Vert.x to run on; null makes an own one
   * @throws IllegalArgumentException when the TLS files are of no use
   */
  public static HttpTransport open(ClientConfig config, int bodyBytesMax, @Nullable Vertx shared) {
    if (shared != null) {
      return new HttpTransport(config, bodyBytesMax, shared, false);
    }
    Vertx own = SbiVertx.create(1);
    try {
      return new HttpTransport(config, bodyBytesMax, own, true);
    } catch (RuntimeException e) {
      own.close().toCompletionStage().toCompletableFuture().join();
      throw e;
    }
  }

  /**
   * Sends one request and waits for the whole answer.
   *
   * @throws TransportFailure when none came within {@code timeout}
   */
  public HttpReply send(HttpCall call, Duration timeout) throws TransportFailure {
    long endNanos = System.nanoTime() + timeout.toNanos();
    Duration connect = timeout.compareTo(connectTimeout) < 0 ? timeout : connectTimeout;
    HttpClientRequest request = await(client.request(options(call)), connect, null);
    // Listening starts before sending, so that no part of the answer passes unheard.
    Promise<HttpReply> reply = Promise.promise();
    request.response().compose(this::read).onSuccess(reply::tryComplete).onFailure(reply::tryFail);
    Bytes body = call.body();
    (body == null ? request.end() : request.end(Buffer.buffer(body.toArray())))
        .onFailure(reply::tryFail);
    return await(reply.future(), Duration.ofNanos(endNanos - System.nanoTime()), request);
  }

  /** The peer tells before the streams it has not looked at are closed. */
  private void connected(HttpConnection connection) {
    if (http2) {
      connection.goAwayHandler(said -> lastLookedAt.put(connection, said.getLastStreamId()));
    }
  }

  /** Whether the peer has said that it never looked at a request (RFC 9113 §6.8). */
  private boolean isNeverLookedAt(HttpClientRequest request) {
    Integer last = lastLookedAt.get(request.connection());
    return last != null && request.streamId() > last;
  }

  @Override
  public void close() {
    stopFollowing.run();
    client.close().toCompletionStage().toCompletableFuture().join();
    if (ownVertx != null) {
      ownVertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private RequestOptions options(HttpCall call) {
    String prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(call.method()))
            .setURI(prefix + call.target())
            .setFollowRedirects(false);
    call.headers().forEach(options::addHeader);
    return options;
  }

  private Future<HttpReply> read(HttpClientResponse response) {
    Promise<HttpReply> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > bodyBytesMax) {
            whole.tryFail(new TransportFailure(Kind.TOO_LARGE, "answer too large"));
            response.request().reset(HTTP2_CANCEL);
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.endHandler(
        end ->
            whole.tryComplete(
                new HttpReply(
                    response.statusCode(), headers(response), Bytes.of(body.getBytes()))));
    return whole.future();
  }

  private static Map<String, List<String>> headers(HttpClientResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response
        .headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(value));
    return headers;
  }

  /** Waits; {@code request} is null while there is no connection yet. */
  private <T> T await(Future<T> future, Duration timeout, @Nullable HttpClientRequest request)
      throws TransportFailure {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw abandoned(future, request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw abandoned(future, request, e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause(), request);
    }
  }

  private static TransportFailure abandoned(
      Future<?> future, @Nullable HttpClientRequest request, Exception cause) {
    if (request == null) {
      // A connection that still arrives is given back unused.
      future.onSuccess(late -> ((HttpClientRequest) late).reset(HTTP2_CANCEL));
      return new TransportFailure(Kind.NOT_CONNECTED, "no connection in time", cause);
    }
    request.reset(HTTP2_CANCEL);
    return new TransportFailure(Kind.TIMED_OUT, "no answer in time", cause);
  }

  private TransportFailure failure(Throwable cause, @Nullable HttpClientRequest request) {
    if (cause instanceof TransportFailure failure) {
      return failure;
    }
    if (request == null) {
      return new TransportFailure(Kind.NOT_CONNECTED, "no connection", cause);
    }
    boolean refused =
        cause instanceof StreamResetException reset && reset.getCode() == HTTP2_REFUSED_STREAM;
    return new TransportFailure(
        refused || isNeverLookedAt(request) ? Kind.NOT_PROCESSED : Kind.BROKEN,
        "connection lost",
        cause);
  }

  private static HttpClientOptions options(ClientConfig config) {
    URI uri = config.baseUri();
    ClientTlsConfig tls = config.tls();
    HttpClientOptions options =
        new HttpClientOptions()
            .setDefaultHost(host(uri))
            .setDefaultPort(uri.getPort() >= 0 ? uri.getPort() : tls != null ? 443 : 80)
            .setProtocolVersion(config.http2() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
            .setHttp2ClearTextUpgrade(false)
            .setUseAlpn(tls != null)
            .setConnectTimeout((int) config.connectTimeout().toMillis())
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            .setInitialSettings(
                new Http2Settings().setMaxHeaderListSize(HEADER_BYTES_MAX).setPushEnabled(false))
            .setKeepAliveTimeout(30)
            .setHttp2KeepAliveTimeout(30)
            .setDecompressionSupported(false);
    if (tls != null) {
      options.setAlpnVersions(List.of(config.http2() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1));
    }
    return options;
  }

  private static String host(URI uri) {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static PoolOptions pool(ClientConfig config) {
    return new PoolOptions()
        .setHttp1MaxSize(config.connectionsMax())
        .setHttp2MaxSize(config.connectionsMax())
        .setMaxWaitQueueSize(WAITING_MAX);
  }
}
