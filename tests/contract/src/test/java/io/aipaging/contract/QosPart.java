package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.pcfadapter.PcfAdapter;
import io.aipaging.pcfadapter.PcfAdapterConfig;
import io.aipaging.pcfadapter.PcfAdapterMain;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.trace.TracingConfig;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import io.aipaging.simulators.pcf.RunningPcf;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A PCF adapter in front of a simulated PCF. */
final class QosPart implements AutoCloseable {
  static final String AUDIENCE = "CUSTOM_PCF_ADAPTER";

  private final RunningPcf pcf = PcfSimulator.start(unhurried());
  private final Wire wire = new Wire();
  private final PcfAdapter adapter;

  QosPart(TestIssuer issuer, Path folder) {
    this(issuer, folder, null);
  }

  QosPart(TestIssuer issuer, Path folder, @Nullable TracingConfig tracing) {
    URI core = URI.create("http://127.0.0.1:" + pcf.port());
    PcfAdapterConfig usual = PcfAdapterConfig.inProcess(core, folder.resolve("bindings.journal"));
    adapter =
        PcfAdapterMain.start(
            new PcfAdapterConfig(
                ListenerConfig.cleartext("127.0.0.1", 0),
                issuer.believedBy(AUDIENCE),
                usual.callback(),
                new ManagementConfig("127.0.0.1", 0),
                usual.core(),
                null,
                usual.pcf(),
                usual.journal(),
                new PcfAdapterConfig.Lanes(Duration.ZERO, 64, 16, 10_000),
                usual.bindings(),
                null,
                tracing,
                null));
  }

  PcfAdapter adapter() {
    return adapter;
  }

  int port() {
    return adapter.port().getAsInt();
  }

  /** The app sessions the core has. */
  JsonNode atCore() {
    WireRequest state = new WireRequest("GET", "/state", Map.of(), new byte[0]);
    return wire.send(Wire.Version.HTTP_1_1, pcf.controlPort(), state).json().path("sessions");
  }

  @Override
  public void close() {
    adapter.close();
    pcf.close();
    wire.close();
  }

  /** Takes requests as fast as they come, and knows the QoS the examples ask for. */
  private static PcfSimulatorConfig unhurried() {
    PcfSimulatorConfig usual = PcfSimulatorConfig.defaults();
    return new PcfSimulatorConfig(
        usual.host(),
        0,
        0,
        usual.flavor(),
        usual.ues(),
        Set.of("ai-interactive", "ai-realtime"),
        Duration.ZERO,
        usual.spec(),
        usual.quirksOff());
  }
}
