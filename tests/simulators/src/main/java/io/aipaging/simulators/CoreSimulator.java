package io.aipaging.simulators;

import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.core.RunningCore;

/** NRF, BSF and PCF of one simulated core. */
public final class CoreSimulator {
  private CoreSimulator() {}

  /** Starts a simulated core inside this process. */
  public static RunningCore start(CoreSimulatorConfig config) {
    return RunningCore.start(config);
  }
}
