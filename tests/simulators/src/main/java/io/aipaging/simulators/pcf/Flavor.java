package io.aipaging.simulators.pcf;

/** Whose habits the simulated PCF has. */
public enum Flavor {
  /** As the Release 18 text says. */
  REL18,
  /** Open5GS: no GET, small integer ids, 404 without cause for an unknown UE. */
  OPEN5GS,
  /**
   * free5GC: terminates at the bare notifUri, finds a PDU session by SUPI only, ignores
   * qosReference, problems as application/json.
   */
  FREE5GC;

  boolean reads() {
    return this != OPEN5GS;
  }

  boolean knowsQosReferences() {
    return this != FREE5GC;
  }

  boolean needsSupi() {
    return this == FREE5GC;
  }

  boolean forgetsTerminated() {
    return this != REL18;
  }

  /** F-27: an update in the wrapper that the specification has is answered 200 and ignored. */
  boolean updatesBare() {
    return this == FREE5GC;
  }

  String terminateSuffix() {
    return this == FREE5GC ? "" : "/terminate";
  }

  String problemType() {
    return this == FREE5GC ? "application/json" : "application/problem+json";
  }

  String sessionId(long number, String supi, String uuid) {
    return switch (this) {
      case REL18 -> uuid;
      case OPEN5GS -> Long.toString(number);
      case FREE5GC -> supi + "-" + number;
    };
  }
}
