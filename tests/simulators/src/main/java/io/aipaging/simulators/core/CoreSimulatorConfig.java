package io.aipaging.simulators.core;

import io.aipaging.simulators.pcf.Flavor;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A simulated core.
 *
 * @param pcf its PCF and whose habits the core has
 * @param nrfPort port of the NRF; 0 picks a free one
 * @param bsfPort port of the BSF; 0 picks a free one
 * @param oauth2 whether NRF and PCF want access tokens
 * @param quirksOff habits of its flavor that it does not have
 */
public record CoreSimulatorConfig(
    PcfSimulatorConfig pcf, int nrfPort, int bsfPort, boolean oauth2, Set<Quirk> quirksOff) {
  public CoreSimulatorConfig {
    quirksOff = Set.copyOf(quirksOff);
    if (oauth2 && pcf.flavor() == Flavor.OPEN5GS) {
      throw new IllegalArgumentException("Open5GS has no access tokens");
    }
  }

  /** With all habits of a core, on loopback with free ports. */
  public static CoreSimulatorConfig of(Flavor flavor, boolean oauth2) {
    return new CoreSimulatorConfig(
        PcfSimulatorConfig.defaults().as(flavor), 0, 0, oauth2, Set.of());
  }

  /** The habits it has. */
  Set<Quirk> quirks() {
    EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    quirks.addAll(Quirk.of(pcf.flavor()));
    quirks.removeAll(quirksOff);
    return Collections.unmodifiableSet(quirks);
  }
}
