package io.aipaging.sbi.config;

/** Whether a TLS listener asks its peers for a certificate. */
public enum ClientAuth {
  /** Never. */
  NONE,
  /** Asks; a peer without one is still served. */
  REQUEST,
  /** Asks; a peer without one is not served. */
  REQUIRED
}
