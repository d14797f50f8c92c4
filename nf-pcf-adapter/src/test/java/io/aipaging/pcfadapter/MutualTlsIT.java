package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aipaging.certs.DevPki;
import io.aipaging.certs.Subject;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.Snssai;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.pcfadapter.qosbinding.BindingLimits;
import io.aipaging.pcfadapter.qosbinding.LaneLimits;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.pcfadapter.qosbinding.n5.N5Callbacks;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.simulators.flavor.Flavor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A core that speaks to nobody without a certificate, and whose callbacks need one, too. */
class MutualTlsIT {
  private static final Duration TIME = Duration.ofSeconds(5);
  @TempDir Path folder;
  private SimulatedCore core;
  private TlsDoor door;
  private DevPki.Identity own;
  private PcfAdapter adapter;

  @BeforeEach
  void open() throws Exception {
    DevPki pki = DevPki.in(folder.resolve("pki"), InstantSource.system());
    DevPki.Identity pcf = identity(pki, "pcf");
    own = identity(pki, "nf-pcf-adapter");
    core = new SimulatedCore(Flavor.REL18);
    door = new TlsDoor(pcf.certFile(), pcf.keyFile(), pcf.trustFile(), core.uri());
  }

  private static DevPki.Identity identity(DevPki pki, String name) {
    return pki.identity(new Subject(name, UUID.randomUUID(), List.of(name), List.of("127.0.0.1")));
  }

  private void start(ClientTlsConfig shown) {
    adapter =
        PcfAdapterMain.start(
            new PcfAdapterConfig(
                null,
                null,
                new PcfAdapterConfig.Callback(
                    ListenerConfig.tls("127.0.0.1", 0, own.listener(ClientAuth.REQUIRED)), null),
                null,
                Core.REL18,
                null,
                new PcfAdapterConfig.Pcf(
                    ClientConfig.tls(door.uri(), shown), null, TIME, AppSessionDefaults.none()),
                folder.resolve("bindings.journal"),
                PcfAdapterConfig.Lanes.of(LaneLimits.defaults()),
                PcfAdapterConfig.Bindings.of(BindingLimits.defaults()),
                null));
  }

  @AfterEach
  void close() throws Exception {
    if (adapter != null) {
      adapter.close();
    }
    door.close();
    core.close();
  }

  private void create() {
    var _ =
        adapter
            .qosBinding()
            .createQosBinding(
                call(),
                new CreateQosBinding(
                    "b1",
                    "10.45.0.2",
                    new ServiceAddress("203.0.113.10", "TCP", 8000),
                    "internet",
                    new Snssai(1, null),
                    null,
                    "low-latency",
                    null,
                    null,
                    10_000));
  }

  private static Call call() {
    return Call.within("aipf", Instant.now(), TIME);
  }

  @Test
  void aBindingIsMadeAndDeletedWithACertificate() {
    start(own.client());
    create();
    assertThat(core.sessions()).hasSize(1);
    assertThat(core.sessions().get(0).at("/context/ascReqData/notifUri").asText())
        .startsWith("https://127.0.0.1:");
    adapter.qosBinding().deleteQosBinding(call(), new DeleteQosBinding("b1"));
    assertThat(core.sessions()).isEmpty();
  }

  @Test
  void withoutOneNothingIsMade() {
    start(ClientTlsConfig.trusting(own.trustFile()));
    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(504));
    assertThat(core.sessions()).isEmpty();
  }

  @Test
  void callbacksNeedOneToo() {
    start(own.client());
    URI callbacks = URI.create("https://127.0.0.1:" + adapter.callbackPort());
    assertThat(told(ClientConfig.tls(callbacks, own.client()))).isEqualTo(204);
    ClientConfig nobody = ClientConfig.tls(callbacks, ClientTlsConfig.trusting(own.trustFile()));
    assertThatThrownBy(() -> told(nobody)).isInstanceOf(Refusal.class);
  }

  private static int told(ClientConfig client) {
    try (RawClient smf = RawClient.create(client, null)) {
      return smf.send(
              RawClient.Request.of(
                  "POST",
                  N5Callbacks.PATH + "nobody/terminate",
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("termCause", "PDU_SESSION_TERMINATION")
                      .put("resUri", "http://127.0.0.1/x")),
              TIME)
          .status();
    }
  }
}
