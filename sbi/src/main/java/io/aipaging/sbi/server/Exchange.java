package io.aipaging.sbi.server;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.wire.MediaTypes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its single answer. The body is not read before it is asked for, so that an
 * unauthenticated peer cannot make the server buffer anything.
 */
final class Exchange {
  private static final long NO_ERROR = 0x0;
  private static final long LINGER_MS = 200;

  private final HttpServerRequest request;
  private final Context context;
  private final int bodyBytesMax;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final Buffer collected = Buffer.buffer();
  // Event loop only:
  private boolean ended;
  private boolean discarding;

  /** Called on the event loop of {@code request}. */
  Exchange(HttpServerRequest request, Context context, int bodyBytesMax) {
    this.request = request;
    this.context = context;
    this.bodyBytesMax = bodyBytesMax;
    request.pause();
    request.exceptionHandler(
        failure -> { // such as a reset: nothing more is to be read
          ended = true;
          body.completeExceptionally(failure);
        });
    request.handler(this::collect);
    request.endHandler(
        end -> {
          ended = true;
          body.complete(collected.getBytes());
        });
  }

  String method() {
    return request.method().name();
  }

  /** The path as sent, undecoded. */
  String path() {
    String path = request.path();
    return path == null ? "" : path;
  }

  String peer() {
    return String.valueOf(request.remoteAddress().hostAddress());
  }

  List<String> headers(String name) {
    return request.headers().getAll(name);
  }

  @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  Map<String, List<String>> allHeaders() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                all.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(value));
    return all;
  }

  /**
   * The decoded query.
   *
   * @throws Refusal 400 when it is not well-formed
   */
  Map<String, List<String>> query() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String query = request.query();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    try {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(
                URLDecoder.decode(name, StandardCharsets.UTF_8), n -> new ArrayList<>())
            .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.of(400, "INVALID_QUERY_PARAM", "The query is malformed.");
    }
    return parameters;
  }

  /** Refuses a body announced in another media type or encoding. */
  void requireMediaType(String mediaType) {
    if (!MediaTypes.is(header("Content-Type"), mediaType) || headers("Content-Type").size() > 1) {
      throw new RefusedWithHeaders(
          Refusal.of(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be " + mediaType + "."),
          Map.of(method().equals("PATCH") ? "Accept-Patch" : "Accept", mediaType));
    }
    String encoding = header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusedWithHeaders(
          Refusal.of(415, "UNSUPPORTED_MEDIA_TYPE", "The body must not be encoded."),
          Map.of("Accept-Encoding", "identity"));
    }
  }

  /**
   * Waits for the whole body.
   *
   * @throws Refusal 413 when it is too long, 504 when it does not arrive in time
   */
  byte[] body(Duration timeout) throws Exception {
    requireAnnouncedLength();
    context.runOnContext(
        go -> {
          if ("100-continue".equalsIgnoreCase(header("Expect"))) {
            request.response().writeContinue();
          }
          resume();
        });
    try {
      return body.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Received.late();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refusal refusal
          ? refusal
          : Refusal.of(400, "INVALID_MSG_FORMAT", "The body did not arrive whole.");
    }
  }

  /** Claims the right to answer; true once only. */
  boolean claim() {
    return answered.compareAndSet(false, true);
  }

  /** Sends the answer, after a successful {@link #claim}. */
  void send(Answer answer) {
    context.runOnContext(go -> write(answer));
  }

  private void write(Answer answer) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    discarding = true;
    resume();
    boolean http1 = request.version() != HttpVersion.HTTP_2;
    boolean unread = !ended;
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (http1 && unread) {
      response.putHeader("Connection", "close");
    }
    Future<Void> written = response.end(Buffer.buffer(answer.body().toArray()));
    if (unread) {
      // The peer may still be sending: let it see the answer before the door shuts.
      written.onComplete(done -> context.owner().setTimer(LINGER_MS, late -> shut(http1)));
    }
  }

  private void resume() {
    if (!ended) {
      request.resume();
    }
  }

  private void shut(boolean http1) {
    if (http1) {
      request.connection().close();
    } else if (!ended) {
      request.response().reset(NO_ERROR);
    }
  }

  private void collect(Buffer chunk) {
    if (discarding) {
      return;
    }
    if (collected.length() + chunk.length() > bodyBytesMax) {
      request.pause();
      body.completeExceptionally(tooLarge());
    } else {
      collected.appendBuffer(chunk);
    }
  }

  private void requireAnnouncedLength() {
    String length = header("Content-Length");
    if (length != null && (length.length() > 9 || Long.parseLong(length) > bodyBytesMax)) {
      throw tooLarge();
    }
  }

  private Refusal tooLarge() {
    return Refusal.of(413, "PAYLOAD_TOO_LARGE", "The body exceeds " + bodyBytesMax + " bytes.");
  }
}
