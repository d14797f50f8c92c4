package io.aipaging.pcfadapter.qosbinding;

/** What the core may say of a binding without being asked. */
public enum CoreWord {
  /** It is enforced, or enforced again. */
  GUARANTEED,
  /** It is not enforced now. */
  NOT_GUARANTEED,
  /** It is over. */
  TERMINATED
}
