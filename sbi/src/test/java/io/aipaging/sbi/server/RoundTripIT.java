package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.fixture.Things;
import io.aipaging.sbi.fixture.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripIT {
  private static final Instant MADE = Instant.parse("2026-01-02T03:04:05.678Z");

  private final Tokens tokens = new Tokens();
  private final AtomicReference<Call> last = new AtomicReference<>();
  private SbiServer server;

  @BeforeEach
  void start() {
    server =
        SbiServer.builder(
                ListenerConfig.cleartext("127.0.0.1", 0), tokens.policy(), InstantSource.system())
            .bind(
                Things.CREATE,
                (call, q) -> new Things.Thing("t-" + q.name(), q.name(), q.size(), MADE))
            .bind(
                Things.GET,
                (call, q) -> {
                  last.set(call);
                  if (q.thingId().equals("none")) {
                    throw Refusal.of(404, "THING_NOT_FOUND", "There is no such thing.");
                  }
                  return new Things.Thing(q.thingId(), call.consumer(), null, MADE);
                })
            .bind(
                Things.LIST,
                (call, q) ->
                    new Things.ThingList(
                        List.of(
                            new Things.Thing("a", String.valueOf(q.colour()), q.limit(), MADE))))
            .bind(Things.DELETE, (call, q) -> io.aipaging.openapi.NoContent.INSTANCE)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyKindOfOperationArrivesAsItWasSent(boolean http2) {
    try (SbiClient client = client(http2)) {
      Call call = Call.within("me", Instant.now(), Duration.ofSeconds(5));
      assertThat(client.call(Things.CREATE, call, new Things.CreateThing("n", 3, null)))
          .isEqualTo(new Things.Thing("t-n", "n", 3, MADE));
      assertThat(client.call(Things.GET, call, new Things.ThingRef("a/b c+ü")))
          .isEqualTo(new Things.Thing("a/b c+ü", "nf-1", null, MADE));
      assertThat(client.call(Things.LIST, call, new Things.ListThings("re d&=+", 7)).things())
          .containsExactly(new Things.Thing("a", "re d&=+", 7, MADE));
      assertThat(client.call(Things.DELETE, call, new Things.ThingRef("x"))).isNotNull();
      Refusal refusal =
          catchThrowableOfType(
              Refusal.class, () -> client.call(Things.GET, call, new Things.ThingRef("none")));
      assertThat(refusal.status()).isEqualTo(404);
      assertThat(refusal.problemCause()).isEqualTo("THING_NOT_FOUND");
      assertThat(refusal.detail()).isEqualTo("There is no such thing.");
    }
  }

  @Test
  void aCallSaysWhenItWasSent() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (SbiClient client = client(true)) {
      Call call = Call.within("me", Instant.now(), Duration.ofSeconds(5));
      client.call(Things.GET, call, new Things.ThingRef("a"));
    }
    assertThat(last.get().sentAt()).isBetween(before, Instant.now());
  }

  private SbiClient client(boolean http2) {
    ClientConfig config = ClientConfig.cleartext(URI.create("http://127.0.0.1:" + server.port()));
    return SbiClient.create(http2 ? config : config.overHttp1(), tokens.source("nf-1"));
  }
}
