package io.aipaging.simulators.core;

import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import java.util.Set;

/**
 * A simulated core.
 *
 * @param pcf its PCF and whose habits the core has
 * @param nrfPort port of the NRF; 0 picks a free one
 * @param bsfPort port of the BSF; 0 picks a free one
 * @param oauth2 whether NRF and PCF want access tokens
 */
public record CoreSimulatorConfig(
    PcfSimulatorConfig pcf, int nrfPort, int bsfPort, boolean oauth2) {
  public CoreSimulatorConfig {
    if (oauth2 && pcf.flavor() == Flavor.OPEN5GS) {
      throw new IllegalArgumentException("Open5GS has no access tokens");
    }
  }

  /** With all habits of a core, on loopback with free ports. */
  public static CoreSimulatorConfig of(Flavor flavor, boolean oauth2) {
    return new CoreSimulatorConfig(PcfSimulatorConfig.defaults().as(flavor), 0, 0, oauth2);
  }

  /** The same without some of its habits. */
  public CoreSimulatorConfig without(Set<Quirk> off) {
    return new CoreSimulatorConfig(pcf.without(off), nrfPort, bsfPort, oauth2);
  }

  /** The habits it has. */
  Set<Quirk> quirks() {
    return pcf.quirks();
  }
}
