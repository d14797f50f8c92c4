package io.aipaging.simulators.pcf;

import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.spec.SpecFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
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
 * @param quirksOff habits of its flavor that it does not have
 */
public record PcfSimulatorConfig(
    String host,
    int port,
    int controlPort,
    Flavor flavor,
    List<String> ues,
    Set<String> qosReferences,
    Duration gapMin,
    @Nullable Path spec,
    Set<Quirk> quirksOff) {
  public PcfSimulatorConfig {
    ues = List.copyOf(ues);
    qosReferences = Set.copyOf(qosReferences);
    quirksOff = Set.copyOf(quirksOff);
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
        SpecFiles.policyAuthorization(),
        Set.of());
  }

  /** The same with other habits. */
  public PcfSimulatorConfig as(Flavor other) {
    return new PcfSimulatorConfig(
        host, port, controlPort, other, ues, qosReferences, gapMin, spec, quirksOff);
  }

  /** The same without some of its flavor's habits. */
  public PcfSimulatorConfig without(Set<Quirk> off) {
    return new PcfSimulatorConfig(
        host, port, controlPort, flavor, ues, qosReferences, gapMin, spec, off);
  }

  /** The habits it has. */
  public Set<Quirk> quirks() {
    EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    quirks.addAll(Quirk.of(flavor));
    quirks.removeAll(quirksOff);
    return Collections.unmodifiableSet(quirks);
  }

  /** Whether it has one of them. */
  boolean has(Quirk quirk) {
    return quirks().contains(quirk);
  }
}
