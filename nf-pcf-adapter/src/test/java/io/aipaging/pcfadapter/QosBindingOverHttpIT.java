package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.certs.DevTokens;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNpcfadapterQosbinding;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.simulators.flavor.Flavor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QosBindingOverHttpIT {
  @TempDir Path folder;
  private final DevTokens tokens = DevTokens.issuerInMemory();
  private final SimulatedCore core = new SimulatedCore(Flavor.REL18);
  private PcfAdapter adapter;
  private SbiServer server;
  private SbiClient client;
  private NpcfadapterQosbinding remote;

  @BeforeEach
  void start() {
    adapter =
        PcfAdapterMain.start(PcfAdapterConfig.inProcess(core.uri(), folder.resolve("journal")));
    server =
        ContractBindings.bind(
                SbiServer.builder(
                    ListenerConfig.cleartext("127.0.0.1", 0),
                    tokens.policy("CUSTOM_PCF_ADAPTER"),
                    InstantSource.system()),
                adapter.qosBinding())
            .start();
    client =
        SbiClient.create(
            ClientConfig.cleartext(URI.create("http://127.0.0.1:" + server.port())),
            tokens.source("aipf", "CUSTOM_PCF_ADAPTER"));
    remote = new HttpNpcfadapterQosbinding(client);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    adapter.close();
    core.close();
  }

  private static Call call() {
    return Call.within("aipf", Instant.now(), Duration.ofSeconds(5));
  }

  private static CreateQosBinding request(String qosReference) {
    return new CreateQosBinding(
        "b1",
        "10.45.0.2",
        new ServiceAddress("203.0.113.10", "TCP", 8000),
        null,
        null,
        null,
        qosReference,
        "20 Mbps",
        "20 Mbps",
        5_000);
  }

  @Test
  void aBindingLivesOverTheWire() {
    QosBinding held = remote.createQosBinding(call(), request("low-latency"));
    assertThat(held.state()).isEqualTo("HELD");
    assertThat(remote.createQosBinding(call(), request("low-latency"))).isEqualTo(held);
    Instant end = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    assertThat(remote.confirmQosBinding(call(), new ConfirmQosBinding("b1", end)).expiresAt())
        .isEqualTo(end);
    assertThat(remote.getQosBinding(call(), new GetQosBinding("b1")).state())
        .isEqualTo("CONFIRMED");
    assertThat(remote.deleteQosBinding(call(), new DeleteQosBinding("b1")))
        .isEqualTo(NoContent.INSTANCE);
    assertThat(core.sessions()).isEmpty();
  }

  @Test
  void theCoresCauseArrivesAtTheConsumer() {
    assertThatThrownBy(() -> remote.createQosBinding(call(), request("gold")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(403);
              assertThat(refusal.problemCause()).isEqualTo("REQUESTED_SERVICE_NOT_AUTHORIZED");
            });
  }
}
