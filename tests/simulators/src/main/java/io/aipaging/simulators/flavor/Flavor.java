package io.aipaging.simulators.flavor;

/** Whose habits a simulated core has; {@link Quirk} numbers them. */
public enum Flavor {
  /** As the Release 18 text says. */
  REL18,
  /** Open5GS. */
  OPEN5GS,
  /** free5GC. */
  FREE5GC;

  /** How it names its app sessions. */
  public String sessionId(long number, String supi, String uuid) {
    return switch (this) {
      case REL18 -> uuid;
      case OPEN5GS -> Long.toString(number);
      case FREE5GC -> supi + "-" + number;
    };
  }
}
