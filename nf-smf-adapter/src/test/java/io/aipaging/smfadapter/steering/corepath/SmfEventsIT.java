package io.aipaging.smfadapter.steering.corepath;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.nrf.Nrf;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.core.RunningCore;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.smfadapter.steering.corepath.CorePaths.Outcome;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions at a simulated SMF. */
class SmfEventsIT {
  private static final Duration TIME = Duration.ofSeconds(2);
  private final Vertx vertx = SbiVertx.create(1);
  private final RunningCore core = CoreSimulator.start(CoreSimulatorConfig.of(Flavor.REL18, false));
  private final Nrf nrf =
      Nrf.open(
          NrfConfig.cleartext(core.nrfUri(), "127.0.0.1"),
          Core.REL18.profile(),
          new Nrf.Who("test", List.of()),
          vertx);
  private final Map<URI, RawClient> clients = new ConcurrentHashMap<>();
  private List<URI> smfs = nrf.discover("SMF", SmfEvents.SERVICE);
  private final SmfEvents events =
      new SmfEvents(
          new BsfLookup(() -> nrf.discover("BSF", "nbsf-management"), this::client, TIME),
          () -> smfs,
          this::client,
          new SmfEvents.Habits(
              "http://127.0.0.1:9/", Duration.ofMinutes(10), InstantSource.system(), TIME));

  private RawClient client(URI uri) {
    return clients.computeIfAbsent(
        uri, one -> RawClient.create(ClientConfig.cleartext(one).with(TIME, TIME, 0), null));
  }

  @AfterEach
  void close() {
    clients.values().forEach(RawClient::close);
    nrf.close();
    core.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static PathOrder order(String ue) {
    Flow flow = new Flow(UeAddress.parse(ue), ServiceEndpoint.of("203.0.113.10", "TCP", 8000));
    return new PathOrder("p1", flow, "edge-a", null, "q83vEjRWeJq83vEj");
  }

  @Test
  void aSubscriptionIsRenewedAndOneThatTheSmfForgotIsMadeAgain() {
    assertThat(events.put(order("10.45.0.2"))).isEqualTo(Outcome.WATCHED);
    assertThat(events.put(order("10.45.0.2"))).isEqualTo(Outcome.WATCHED);
    assertThat(core.smfSubscriptions()).isEqualTo(1);
    core.forgetSmfSubscriptions();
    assertThat(events.put(order("10.45.0.2"))).isEqualTo(Outcome.WATCHED);
    assertThat(core.smfSubscriptions()).isEqualTo(1);
    assertThat(events.delete("p1")).isEqualTo(Outcome.DONE);
    assertThat(core.smfSubscriptions()).isZero();
    assertThat(events.delete("p1")).isEqualTo(Outcome.DONE);
    assertThat(core.pathAckFaults() == null ? List.of() : core.pathAckFaults()).isEmpty();
  }

  @Test
  void whoIsNotThereIsTriedAgainAndNobodyElseIsAsked() {
    assertThat(events.put(order("10.99.0.2"))).isEqualTo(Outcome.UNCERTAIN);
    smfs = List.of();
    assertThat(events.put(order("10.45.0.2"))).isEqualTo(Outcome.UNCERTAIN);
    smfs = List.of(URI.create("http://127.0.0.1:9"));
    assertThat(events.put(order("10.45.0.2"))).isEqualTo(Outcome.UNCERTAIN);
    assertThat(core.smfSubscriptions()).isZero();
  }

  /** F-50: a core whose SMFs have no such service. */
  @Test
  void anSmfWithoutTheServiceRefuses() {
    smfs = List.of(core.smfInfoUri());
    assertThat(events.put(order("10.45.0.2"))).isEqualTo(Outcome.REFUSED);
  }
}
