package io.aipaging.simulators.core;

import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import io.aipaging.simulators.spec.SpecFiles;
import io.aipaging.simulators.spec.SpecSchema;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the functions of a core hold requests against, where the PCF does and the files are here.
 */
final class Oracles {
  private Oracles() {}

  static @Nullable SpecSchema nrf(PcfSimulatorConfig config) {
    Path file = config.spec() == null ? null : SpecFiles.nfManagement();
    return file == null ? null : SpecSchema.load(file, SimulatedNrf.PROFILE, SimulatedNrf.CHANGE);
  }

  static @Nullable SpecSchema udr(PcfSimulatorConfig config) {
    Path file = config.spec() == null ? null : SpecFiles.applicationData();
    return file == null ? null : SpecSchema.load(file, UdrServer.DATA_TYPE);
  }

  static @Nullable SpecSchema smf(PcfSimulatorConfig config) {
    Path file = config.spec() == null ? null : SpecFiles.eventExposure();
    return file == null ? null : SpecSchema.load(file, SmfServer.ACK_TYPE, SmfServer.EXPOSURE_TYPE);
  }
}
