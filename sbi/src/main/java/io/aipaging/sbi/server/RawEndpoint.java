package io.aipaging.sbi.server;

import io.aipaging.sbi.wire.Bytes;
import java.time.Duration;
import java.time.InstantSource;

/** Stands behind a raw route. */
final class RawEndpoint implements Endpoint {
  private final RawRoute raw;
  private final InstantSource clock;

  RawEndpoint(RawRoute raw, InstantSource clock) {
    this.raw = raw;
    this.clock = clock;
  }

  @Override
  public Route route() {
    String access =
        switch (raw.policy()) {
          case RawPolicy.Public(String reason) -> "public: " + reason;
          case RawPolicy.Authenticated(String scope) -> "scope " + scope;
        };
    return new Route(raw.method(), raw.path(), "raw", access);
  }

  @Override
  public RawPolicy policy() {
    return raw.policy();
  }

  @Override
  public Answer answer(Received received) throws Exception {
    Exchange exchange = received.exchange();
    Duration left = Duration.between(clock.instant(), received.deadline());
    RawReply reply =
        raw.handler()
            .handle(
                new RawRequest(
                    received.consumer(),
                    exchange.peer(),
                    received.deadline(),
                    received.variables(),
                    exchange.query(),
                    exchange.allHeaders(),
                    Bytes.of(exchange.body(left))));
    return new Answer(reply.status(), reply.headers(), reply.body(), "");
  }
}
