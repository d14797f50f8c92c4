package io.aipaging.aipf.enforcement;

import io.aipaging.openapi.steering.NsmfadapterSteering;
import java.util.Optional;

/** Port: how to reach N6 gates. */
@FunctionalInterface
public interface GateDirectory {
  /** The steering service of a gate, by its enforcer id; empty when nobody knows the gate. */
  Optional<NsmfadapterSteering> steeringOf(String gateId);
}
