package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.Snssai;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.simulators.flavor.Flavor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An adapter in front of a simulated core. */
abstract class AdapterFixture {
  @TempDir Path folder;
  SimulatedCore core;
  PcfAdapter adapter;

  @BeforeEach
  void start() {
    startAgainst(Flavor.REL18);
  }

  void startAgainst(Flavor flavor) {
    core = new SimulatedCore(flavor);
    adapter = PcfAdapterMain.start(config());
  }

  PcfAdapterConfig config() {
    return PcfAdapterConfig.inProcess(core.uri(), folder.resolve("bindings.journal"));
  }

  @AfterEach
  void stop() {
    adapter.close();
    core.close();
  }

  NpcfadapterQosbinding service() {
    return adapter.qosBinding();
  }

  static CreateQosBinding request(String ref, String ue, String qosReference, int holdMs) {
    return new CreateQosBinding(
        ref,
        ue,
        new ServiceAddress("203.0.113.10", "TCP", 8000),
        "internet",
        new Snssai(1, null),
        "imsi-001010000000001",
        qosReference,
        "20 Mbps",
        "20 Mbps",
        holdMs);
  }

  QosBinding create(String ref, String ue) {
    return service().createQosBinding(call(), request(ref, ue, "low-latency", 10_000));
  }

  static Call call() {
    return Call.within("aipf", Instant.now(), Duration.ofSeconds(8));
  }

  NoContent delete(String ref) {
    return service().deleteQosBinding(call(), new DeleteQosBinding(ref));
  }

  QosBinding get(String ref) {
    return service().getQosBinding(call(), new GetQosBinding(ref));
  }

  static void assertRefused(ThrowingCallable action, int status, String cause) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.problemCause()).isEqualTo(cause);
            });
  }

  void assertNoHarmDone() {
    assertThat(core.violations()).isEmpty();
  }
}
