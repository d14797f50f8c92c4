package io.aipaging.pcfadapter;

import static io.aipaging.pcfadapter.AdapterFixture.call;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.pcfadapter.qosbinding.BindingLimits;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.core.RunningCore;
import io.aipaging.simulators.flavor.Flavor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An adapter at a core of which nothing is configured but its NRF. */
abstract class DiscoveredCoreFixture {
  @TempDir Path folder;
  RunningCore running;
  SimulatedCore core;
  PcfAdapter adapter;
  Flavor flavor = Flavor.REL18;
  boolean throughScp;

  /** How the operator describes QoS references; the core's own default unless a test says so. */
  List<AppSessionDefaults.Tier> tiers = List.of();

  /** Bit rate of both directions that is asked for; none unless a test says so. */
  @Nullable String rates;

  Duration checkEvery = Duration.ofHours(1);
  final HeardReports aipf = new HeardReports();

  void start(Flavor flavor, boolean oauth2) {
    start(CoreSimulatorConfig.of(flavor, oauth2));
  }

  void start(CoreSimulatorConfig simulated) {
    this.flavor = simulated.pcf().flavor();
    running = CoreSimulator.start(simulated);
    core = new SimulatedCore(running.pcf());
    adapter = PcfAdapterMain.start(config(flavor), aipf);
    Eventually.holds("registered", () -> running.consumers().size() == 1);
  }

  PcfAdapterConfig config(Flavor flavor) {
    PcfAdapterConfig usual =
        PcfAdapterConfig.inProcess(running.nrfUri(), folder.resolve("bindings.journal"));
    return new PcfAdapterConfig(
        null,
        null,
        usual.callback(),
        null,
        Core.valueOf(flavor.name()),
        new NrfConfig(
            List.of(running.nrfUri()),
            null,
            null,
            "127.0.0.1",
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            throughScp ? running.scpUri() : null),
        new PcfAdapterConfig.Pcf(null, pduInfo(), Duration.ofSeconds(5), defaults()),
        usual.journal(),
        usual.lanes(),
        bindings(),
        null);
  }

  @AfterEach
  void stop() {
    adapter.close();
    core.close();
    running.close();
  }

  /** Nobody names subscriber, DNN or slice. */
  QosBinding create(String ref, String ue) {
    return adapter
        .qosBinding()
        .createQosBinding(
            call(),
            new CreateQosBinding(
                ref,
                ue,
                new ServiceAddress("203.0.113.10", "TCP", 8000),
                null,
                null,
                null,
                "low-latency",
                rates,
                rates,
                10_000));
  }

  boolean isMade(String ref, String ue) {
    try {
      return create(ref, ue).state().equals("HELD");
    } catch (Refusal e) {
      return false;
    }
  }

  void delete(String ref) {
    var _ = adapter.qosBinding().deleteQosBinding(call(), new DeleteQosBinding(ref));
  }

  private AppSessionDefaults defaults() {
    return new AppSessionDefaults(null, null, null, tiers);
  }

  /** SMFs that list PDU sessions; none unless a test says so. */
  @Nullable List<URI> pduInfo() {
    return null;
  }

  /** The usual bounds, but PDU sessions are looked at as often as the test wants. */
  private PcfAdapterConfig.Bindings bindings() {
    BindingLimits limits = BindingLimits.defaults();
    return new PcfAdapterConfig.Bindings(
        limits.expiredGrace(),
        limits.expiresInMax(),
        limits.endedKept(),
        limits.lostKept(),
        limits.perUeMax(),
        limits.totalMax(),
        checkEvery,
        limits.checkedAtOnceMax());
  }

  /** What the adapter has written down. */
  String journal() {
    try {
      return Files.readString(folder.resolve("bindings.journal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
