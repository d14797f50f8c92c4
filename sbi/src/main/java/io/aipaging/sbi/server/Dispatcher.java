package io.aipaging.sbi.server;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.wire.OverloadControl;
import io.aipaging.sbi.wire.SbiHeaders;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of every request: route, authenticate, check the time, answer. */
final class Dispatcher {
  private static final Duration CONGESTED_FOR = Duration.ofSeconds(1);

  private final RouteTable routes;
  private final Authenticator authenticator;
  private final ListenerConfig listener;
  private final RequestLog log;
  private final Vertx vertx;
  private final InstantSource clock;

  Dispatcher(
      RouteTable routes,
      Authenticator authenticator,
      ListenerConfig listener,
      RequestLog log,
      Vertx vertx,
      InstantSource clock) {
    this.routes = routes;
    this.authenticator = authenticator;
    this.listener = listener;
    this.log = log;
    this.vertx = vertx;
    this.clock = clock;
  }

  /**
   * Answers a request there is no place for.
   *
   * @param overload value of {@code 3gpp-Sbi-Oci}; null tells nothing
   */
  void turnAway(Exchange exchange, @Nullable String overload) {
    Answer answer =
        Answer.of(
            Refusal.of(503, "NF_CONGESTION", "Too many requests are in work.")
                .retryAfter(CONGESTED_FOR),
            overload == null ? Map.of() : Map.of(OverloadControl.HEADER, overload));
    answer(exchange, log.turnedAway(exchange), answer, null);
  }

  /** Answers one request, on a virtual thread. */
  void dispatch(Exchange exchange) {
    RequestLog.Entry entry = log.begun(exchange);
    try {
      entry.work().run(() -> dispatch(exchange, entry));
    } finally {
      entry.work().end();
    }
  }

  private void dispatch(Exchange exchange, RequestLog.Entry entry) {
    Answer answer;
    Throwable failure = null;
    try {
      answer = answered(exchange, entry);
    } catch (RefusedWithHeaders e) {
      answer = e.answer();
    } catch (Refusal e) {
      answer = Answer.of(e);
    } catch (Throwable e) {
      // Errors too: a peer is never left without an answer.
      failure = e;
      answer = Answer.of(Refusal.of(500, "SYSTEM_FAILURE", "The request failed."));
    }
    answer(exchange, entry, answer, failure);
  }

  /** Notes and sends an answer; one that comes after another is noted only if it is a failure. */
  private void answer(
      Exchange exchange, RequestLog.Entry entry, Answer answer, @Nullable Throwable failure) {
    boolean first = exchange.claim();
    try {
      if (first || failure != null) {
        log.answered(entry, answer, failure);
      }
    } finally {
      if (first) {
        exchange.send(answer);
      }
    }
  }

  private Answer answered(Exchange exchange, RequestLog.Entry entry) throws Exception {
    RouteTable.Match match = routes.match(exchange.method(), exchange.path());
    Endpoint endpoint = match.endpoint();
    entry.routed(endpoint.route());
    refuseTokenInQuery(exchange);
    String consumer = consumer(exchange, endpoint.policy());
    entry.authenticated(consumer);
    SbiHeaders headers = headers(exchange, endpoint.policy());
    Instant now = clock.instant();
    Instant deadline = headers.deadline(now, listener.requestDeadline());
    if (!now.isBefore(deadline)) {
      throw Received.late();
    }
    long timer = answerLate(exchange, entry, Duration.between(now, deadline));
    try {
      return endpoint.answer(
          new Received(exchange, match.variables(), consumer, headers, deadline));
    } finally {
      vertx.cancelTimer(timer);
    }
  }

  /**
   * Who calls a public route is of another system, such as a core that notifies: its clock is not
   * one of ours, and what it says of its time is not looked at.
   */
  private static SbiHeaders headers(Exchange exchange, RawPolicy policy) {
    return switch (policy) {
      case RawPolicy.Public _ ->
          SbiHeaders.read(
              name ->
                  name.equals(SbiHeaders.SENDER_TIMESTAMP) ? List.of() : exchange.headers(name));
      case RawPolicy.Authenticated _ -> SbiHeaders.read(exchange::headers);
    };
  }

  /** RFC 6750 §2.3 allows it, its security considerations advise against it. */
  private static void refuseTokenInQuery(Exchange exchange) {
    if (exchange.query().containsKey("access_token")) {
      throw Refusal.of(400, "INVALID_QUERY_PARAM", "A token does not belong in the query.")
          .with(List.of(new InvalidParam("query access_token", "not supported")));
    }
  }

  private @Nullable String consumer(Exchange exchange, RawPolicy policy) {
    return switch (policy) {
      case RawPolicy.Public _ -> null;
      case RawPolicy.Authenticated(String scope) ->
          authenticator.authenticate(exchange, scope).subject();
    };
  }

  /** The peer gets its 504 at the deadline; the handler goes on and undoes what it did. */
  private long answerLate(Exchange exchange, RequestLog.Entry entry, Duration left) {
    return vertx.setTimer(
        Math.max(1, left.toMillis()),
        fired -> answer(exchange, entry, Answer.of(Received.late()), null));
  }
}
