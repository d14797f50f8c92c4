package io.aipaging.sbi.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Operation;
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
import io.aipaging.sbi.wire.MediaTypes;
import io.aipaging.sbi.wire.Problems;
import io.aipaging.sbi.wire.SbiHeaders;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls the operations of one peer. Calls block; callers are virtual threads. What the peer refuses
 * is raised as the same {@link Refusal}; what cannot be reached is 504 {@code
 * TARGET_NF_NOT_REACHABLE}, what does not answer in time 504 {@code TIMED_OUT_REQUEST}, and an
 * answer that makes no sense 502 {@code INBOUND_SERVER_ERROR}.
 */
public final class SbiClient implements AutoCloseable {
  private static final int ANSWER_BYTES_MAX = Json.DOCUMENT_BYTES_MAX;
  private static final Duration BACKOFF = Duration.ofMillis(50);

  private final HttpTransport transport;
  private final ClientConfig config;
  private final TokenSource tokens;
  private final InstantSource clock;

  private SbiClient(
      HttpTransport transport, ClientConfig config, TokenSource tokens, InstantSource clock) {
    this.transport = transport;
    this.config = config;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A client with a Vert.x of its own and the system's clock. */
  public static SbiClient create(ClientConfig config, TokenSource tokens) {
    return create(config, tokens, InstantSource.system(), null);
  }

  /** A client that runs on {@code shared}, or on a Vert.x of its own when that is null. */
  public static SbiClient create(
      ClientConfig config, TokenSource tokens, InstantSource clock, @Nullable Vertx shared) {
    return new SbiClient(
        HttpTransport.open(config, ANSWER_BYTES_MAX, shared), config, tokens, clock);
  }

  /**
   * Calls one operation.
   *
   * @throws Refusal when the answer is no success, or there is none
   */
  public <Q, R> R call(Operation<Q, R> operation, Call call, Q request) {
    HttpCall http = RequestWriter.write(operation, request);
    ClientSpan span = ClientSpan.begin(operation.operationId(), operation.method());
    return span == null ? answer(operation, call, http) : traced(operation, call, http, span);
  }

  private <R> R traced(Operation<?, R> operation, Call call, HttpCall http, ClientSpan span) {
    int status = 500;
    try {
      R answer = answer(operation, call, http.withHeaders(span.headers()));
      status = operation.successStatus();
      return answer;
    } catch (Refusal e) {
      status = e.status();
      throw e;
    } finally {
      span.end(status);
    }
  }

  private <R> R answer(Operation<?, R> operation, Call call, HttpCall http) {
    return read(
        operation,
        Bearer.send(http, tokens, operation.scope(), sent -> attempts(operation, call, sent)));
  }

  @Override
  public void close() {
    transport.close();
  }

  private HttpReply attempts(Operation<?, ?> operation, Call call, HttpCall http) {
    for (int attempt = 0; ; attempt++) {
      try {
        Duration left = remaining(call);
        return transport.send(timed(http, call, left, attempt > 0), left);
      } catch (TransportFailure e) {
        boolean mayRepeat = e.neverProcessed() || operation.safeToRepeat();
        if (!mayRepeat
            || e.kind() == TransportFailure.Kind.TOO_LARGE
            || attempt >= config.retriesMax()
            || !pause(call, attempt)) {
          throw refusal(e);
        }
      }
    }
  }

  private Duration remaining(Call call) {
    Duration left = call.remaining(clock.instant());
    if (left.isZero()) {
      throw Refusal.of(504, "TIMED_OUT_REQUEST", "The deadline has passed.");
    }
    return left.compareTo(config.requestTimeout()) < 0 ? left : config.requestTimeout();
  }

  /** Waits before the next attempt; false when the deadline leaves no time for one. */
  private boolean pause(Call call, int attempt) {
    long ceiling = BACKOFF.toNanos() << attempt;
    long nanos = ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2);
    if (call.remaining(clock.instant()).toNanos() <= nanos) {
      return false;
    }
    LockSupport.parkNanos(nanos);
    return !Thread.currentThread().isInterrupted();
  }

  private HttpCall timed(HttpCall http, Call call, Duration left, boolean again) {
    HttpCall timed =
        http.withHeader(SbiHeaders.SENDER_TIMESTAMP, SbiHeaders.timestamp(clock.instant()))
            .withHeader(SbiHeaders.MAX_RSP_TIME, SbiHeaders.maxRspTime(left));
    Integer priority = call.priority();
    if (priority != null) {
      timed = timed.withHeader(SbiHeaders.MESSAGE_PRIORITY, priority.toString());
    }
    String key = call.idempotencyKey();
    return key == null
        ? timed
        : timed.withHeader(SbiHeaders.REQUEST_INFO, SbiHeaders.requestInfo(key, again));
  }

  private static Refusal refusal(TransportFailure failure) {
    return switch (failure.kind()) {
      case NOT_CONNECTED, NOT_PROCESSED, BROKEN ->
          Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The peer cannot be reached.");
      case TIMED_OUT -> Refusal.of(504, "TIMED_OUT_REQUEST", "The peer did not answer in time.");
      case TOO_LARGE -> malformed();
    };
  }

  private static <R> R read(Operation<?, R> operation, HttpReply reply) {
    if (reply.status() >= 400) {
      throw refused(reply);
    }
    if (reply.status() != operation.successStatus()) {
      throw malformed();
    }
    if (reply.status() == 204) {
      return operation.response().cast(NoContent.INSTANCE);
    }
    if (!MediaTypes.is(reply.header("Content-Type"), MediaTypes.JSON)) {
      throw malformed();
    }
    try {
      JsonNode tree = Json.tree(reply.body().toArray());
      if (tree.isObject()) {
        return Json.MAPPER.treeToValue(tree, operation.response());
      }
    } catch (JsonProcessingException e) {
      // Answered below like a document that is no object.
    }
    throw malformed();
  }

  private static Refusal refused(HttpReply reply) {
    Refusal refusal =
        MediaTypes.is(reply.header("Content-Type"), Problems.MEDIA_TYPE)
            ? Problems.parse(reply.status(), reply.body().toArray(), reply.header("Retry-After"))
            : null;
    return refusal == null ? malformed() : refusal;
  }

  private static Refusal malformed() {
    return Refusal.of(502, "INBOUND_SERVER_ERROR", "The peer's answer cannot be used.");
  }
}
