package io.aipaging.aipf.catalog;

/** Whether a session of a service needs a QoS binding in the core. */
public enum QosPolicy {
  /** No session without it; a refusal ends the page. */
  REQUIRED,
  /** Asked for; a refusal is recorded and the page goes on. */
  PREFERRED,
  /** Not asked for. */
  NONE
}
