package io.aipaging.pcfadapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import io.aipaging.simulators.pcf.RunningPcf;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A simulated PCF and the hand on it. */
final class SimulatedCore implements AutoCloseable {
  private final RunningPcf pcf;
  private final RawClient control;

  SimulatedCore(Flavor flavor) {
    this(PcfSimulator.start(PcfSimulatorConfig.defaults().as(flavor)));
  }

  /** The hand on a PCF that somebody else started. */
  SimulatedCore(RunningPcf running) {
    pcf = running;
    control =
        RawClient.create(
            ClientConfig.cleartext(URI.create("http://127.0.0.1:" + pcf.controlPort())), null);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + pcf.port());
  }

  JsonNode state() {
    return send("GET", "/state", null).body();
  }

  JsonNode sessions() {
    return state().path("sessions");
  }

  JsonNode violations() {
    return state().path("violations");
  }

  long count(String operation) {
    return state().path("operations").path(operation).asLong();
  }

  void behave(Map<String, Object> behaviour) {
    send("PUT", "/behaviour", behaviour);
  }

  /** Status with which the consumer answered the termination. */
  int terminate(String id) {
    return send("POST", "/sessions/" + id + "/terminate", Map.of())
        .body()
        .path("consumerStatus")
        .asInt();
  }

  private RawClient.Reply send(String method, String target, Object body) {
    return control.send(RawClient.Request.of(method, target, body), Duration.ofSeconds(5));
  }

  @Override
  public void close() {
    control.close();
    pcf.close();
  }
}
