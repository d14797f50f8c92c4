package io.aipaging.sbi.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.oauth.Bearer;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.trace.ClientSpan;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.HttpTransport;
import io.aipaging.sbi.transport.TransportFailure;
import io.aipaging.sbi.wire.Bytes;
import io.aipaging.sbi.wire.MediaTypes;
import io.aipaging.sbi.wire.SbiHeaders;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls a third party's JSON service, such as a core's PCF. Nothing is retried, redirects are not
 * followed, answers are at most 256 KiB.
 */
public final class RawClient implements AutoCloseable {
  private final HttpTransport transport;
  private final Duration timeout;
  private final TokenSource tokens;
  private final String scope;
  private final String spanName;
  private final @Nullable URI target;

  private RawClient(HttpTransport transport, Duration timeout, Access access) {
    this.transport = transport;
    this.timeout = timeout;
    this.tokens = new NeededTokens(access.tokens());
    this.scope = access.scope();
    this.spanName = scope.isEmpty() ? "HTTP" : scope;
    this.target = access.target();
  }

  /** A client that runs on {@code shared}, or on a Vert.x of its own when that is null. */
  public static RawClient create(ClientConfig config, @Nullable Vertx shared) {
    return create(config, Access.FREE, shared);
  }

  /** The same with access tokens; after a 401 a call is sent once more with a new one. */
  public static RawClient create(ClientConfig config, Access access, @Nullable Vertx shared) {
    return new RawClient(
        HttpTransport.open(config, Json.DOCUMENT_BYTES_MAX, shared),
        config.requestTimeout(),
        access);
  }

  /**
   * What calls show.
   *
   * @param tokens where access tokens come from
   * @param scope scope they need
   * @param target {@code apiRoot} of the peer where an SCP is called in its place, which wants it
   *     as {@code 3gpp-Sbi-Target-apiRoot} (TS 29.500 §6.10.2); else null
   */
  public record Access(TokenSource tokens, String scope, @Nullable URI target) {
    /** Nothing. */
    static final Access FREE = new Access(TokenSource.none(), "");

    /** Tokens for a peer that is called itself. */
    public Access(TokenSource tokens, String scope) {
      this(tokens, scope, null);
    }
  }

  /**
   * A request.
   *
   * @param method HTTP method
   * @param target path with query, below the base URI
   * @param headers header values by name; a {@code Content-Type} replaces {@code application/json}
   * @param body sent as JSON; null for none
   */
  public record Request(
      String method, String target, Map<String, String> headers, @Nullable Object body) {
    public Request {
      headers = Map.copyOf(headers);
    }

    /** A request without headers of its own. */
    public static Request of(String method, String target, @Nullable Object body) {
      return new Request(method, target, Map.of(), body);
    }
  }

  /**
   * An answer.
   *
   * @param status HTTP status
   * @param headers values by lower-case name
   * @param body parsed JSON; a missing node when there is none or it is not acceptable JSON
   */
  public record Reply(int status, Map<String, List<String>> headers, JsonNode body) {
    /** First value of a header; null when absent. */
    public @Nullable String header(String name) {
      List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
      return values == null || values.isEmpty() ? null : values.getFirst();
    }
  }

  /**
   * Sends a request and waits at most {@code limit} and the configured timeout.
   *
   * @throws Refusal 504 {@code TARGET_NF_NOT_REACHABLE} when nothing was sent, 504 {@code
   *     TIMED_OUT_REQUEST} when the peer may have acted, 502 when the answer is too large
   */
  public Reply send(Request request, Duration limit) {
    Duration time = limit.compareTo(timeout) < 0 ? limit : timeout;
    HttpCall http = http(request);
    ClientSpan span = ClientSpan.begin(spanName, request.method());
    return span == null ? send(http, time) : traced(http, time, span);
  }

  private Reply traced(HttpCall http, Duration time, ClientSpan span) {
    int status = 500;
    try {
      Reply reply = send(http.withHeaders(span.headers()), time);
      status = reply.status();
      return reply;
    } catch (Refusal e) {
      status = e.status();
      throw e;
    } finally {
      span.end(status);
    }
  }

  private Reply send(HttpCall http, Duration time) {
    try {
      HttpReply reply = Bearer.send(http, tokens, scope, call -> transport.send(call, time));
      return new Reply(reply.status(), reply.headers(), reply.json());
    } catch (TransportFailure e) {
      throw switch (e.kind()) {
        case NOT_CONNECTED, NOT_PROCESSED ->
            Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The peer cannot be reached.");
        case BROKEN, TIMED_OUT ->
            Refusal.of(504, "TIMED_OUT_REQUEST", "The peer did not answer in time.");
        case TOO_LARGE ->
            Refusal.of(502, "INBOUND_SERVER_ERROR", "The peer's answer is too large.");
      };
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  private HttpCall http(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json, application/problem+json");
    Object body = request.body();
    if (body != null) {
      headers.put("Content-Type", MediaTypes.JSON);
    }
    headers.putAll(request.headers());
    URI behind = target;
    if (behind != null) {
      headers.put(SbiHeaders.TARGET_API_ROOT, behind.toString());
    }
    try {
      Bytes bytes = body == null ? null : Bytes.of(Json.MAPPER.writeValueAsBytes(body));
      return new HttpCall(request.method(), request.target(), headers, bytes);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without a token that is needed the peer has seen nothing it would act on. */
  private record NeededTokens(TokenSource source) implements TokenSource {
    @Override
    public @Nullable String token(String scope) {
      try {
        return source.token(scope);
      } catch (Refusal e) {
        throw Refusal.of(
            504, "TARGET_NF_NOT_REACHABLE", "There is no access token for the peer: " + e.detail());
      }
    }

    @Override
    public void rejected(String token) {
      source.rejected(token);
    }
  }
}
