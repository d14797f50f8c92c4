package io.aipaging.simulators.pcf;

import io.aipaging.simulators.spec.SpecFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated PCF knows.
 *
 * @param host address to listen at
 * @param port N5 port; 0 picks a free one
 * @param controlPort port of the control interface; 0 picks a free one
 * @param flavor whose habits it has
 * @param ues address prefixes of UEs with a PDU session, such as {@code 10.45.0.0/16}
 * @param qosReferences known QoS references
 * @param gapMin least pause between the answer to one operation of a PDU session and the next
 *     operation; anything faster is counted as a violation
 * @param spec the OpenAPI file of TS 29.514 to hold every request against, or null
 */
public record PcfSimulatorConfig(
    String host,
    int port,
    int controlPort,
    Flavor flavor,
    List<String> ues,
    Set<String> qosReferences,
    Duration gapMin,
    @Nullable Path spec) {
  public PcfSimulatorConfig {
    ues = List.copyOf(ues);
    qosReferences = Set.copyOf(qosReferences);
    if (gapMin.isNegative()) {
      throw new IllegalArgumentException("gap-min must not be negative");
    }
  }

  /** On loopback with free ports, three QoS references and the UEs of {@code 10.45.0.0/16}. */
  public static PcfSimulatorConfig defaults() {
    return new PcfSimulatorConfig(
        "127.0.0.1",
        0,
        0,
        Flavor.REL18,
        List.of("10.45.0.0/16", "2001:db8:45::/48"),
        Set.of("low-latency", "conversational", "best-effort"),
        Duration.ofMillis(50),
        SpecFiles.policyAuthorization());
  }

  /** The same with other habits. */
  public PcfSimulatorConfig as(Flavor other) {
    return new PcfSimulatorConfig(host, port, controlPort, other, ues, qosReferences, gapMin, spec);
  }
}
