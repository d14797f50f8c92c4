package io.aipaging.sbi.server;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.wire.SbiHeaders;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of every request: route, authenticate, check the time, answer. */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final RouteTable routes;
  private final Authenticator authenticator;
  private final ListenerConfig listener;
  private final Vertx vertx;
  private final InstantSource clock;

  Dispatcher(
      RouteTable routes,
      Authenticator authenticator,
      ListenerConfig listener,
      Vertx vertx,
      InstantSource clock) {
    this.routes = routes;
    this.authenticator = authenticator;
    this.listener = listener;
    this.vertx = vertx;
    this.clock = clock;
  }

  /** Answers one request, on a virtual thread. */
  void dispatch(Exchange exchange) {
    Answer answer;
    long timer = -1;
    try {
      RouteTable.Match match = routes.match(exchange.method(), exchange.path());
      String consumer = consumer(exchange, match.endpoint().policy());
      SbiHeaders headers = SbiHeaders.read(exchange::headers);
      Instant now = clock.instant();
      Instant deadline = headers.deadline(now, listener.requestDeadline());
      if (!now.isBefore(deadline)) {
        throw Received.late();
      }
      timer = answerLate(exchange, Duration.between(now, deadline));
      answer =
          match
              .endpoint()
              .answer(new Received(exchange, match.variables(), consumer, headers, deadline));
    } catch (RefusedWithHeaders e) {
      answer = e.answer();
    } catch (Refusal e) {
      answer = Answer.of(e);
    } catch (Exception e) {
      LOG.atError().setCause(e).log("request failed");
      answer = Answer.of(Refusal.of(500, "SYSTEM_FAILURE", "The request failed."));
    }
    vertx.cancelTimer(timer);
    exchange.answer(answer);
  }

  private @Nullable String consumer(Exchange exchange, RawPolicy policy) {
    return switch (policy) {
      case RawPolicy.Public _ -> null;
      case RawPolicy.Authenticated(String scope) ->
          authenticator.authenticate(exchange, scope).subject();
    };
  }

  private long answerLate(Exchange exchange, Duration left) {
    return vertx.setTimer(
        Math.max(1, left.toMillis()), fired -> exchange.answer(Answer.of(Received.late())));
  }
}
