package io.aipaging.aipf.selection;

/** Why an anchor may not serve a session; the first that applies, in this order. */
public enum Rejection {
  /** The caller ruled it out, such as after it refused a hold. */
  EXCLUDED,
  /** It stands at another data network access than the caller asked for. */
  OTHER_DNAI,
  /** It does not run the service. */
  NOT_SERVING,
  /** Its trust level is below the profile's. */
  TRUST_TOO_LOW,
  /** It stands where the profile's data must not go. */
  OUTSIDE_RESIDENCY,
  /** The way to it alone takes longer than the profile's time to first token. */
  TOO_SLOW,
  /** It costs more than the profile's cap. */
  TOO_EXPENSIVE,
  /** Nothing is known about its health. */
  HEALTH_UNKNOWN,
  /** It reports that it cannot serve. */
  UNHEALTHY,
  /** It takes no new sessions. */
  DRAINING,
  /** It has no free slot. */
  FULL
}
