package io.aipaging.simulators.flavor;

/** Whose habits a simulated core has; {@link Quirk} numbers them. */
public enum Flavor {
  /** As the Release 18 text says. */
  REL18,
  /** Open5GS. */
  OPEN5GS,
  /** free5GC. */
  FREE5GC
}
