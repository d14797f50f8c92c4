package io.aipaging.simulation.gate;

import io.aipaging.protocol.CommitVerifier;

/** What enforcers believe COMMITs by. */
@FunctionalInterface
public interface Believers {
  /** A verifier for an enforcer. */
  CommitVerifier of(String enforcerId);
}
