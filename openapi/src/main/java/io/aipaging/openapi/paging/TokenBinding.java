package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * What the session token is bound to.
 *
 * @param type {@code UE_ADDRESS} (plain Bearer, useless from another address), {@code DPOP} (RFC
 *     9449) or {@code MTLS} (RFC 8705)
 * @param jkt SHA-256 thumbprint (RFC 7638) of the DPoP key, for {@code DPOP}
 * @param x5tS256 SHA-256 of the client certificate, for {@code MTLS}
 */
public record TokenBinding(String type, @Nullable String jkt, @Nullable String x5tS256) {
  /** Bound to the UE's address. */
  public static TokenBinding ueAddress() {
    return new TokenBinding("UE_ADDRESS", null, null);
  }
}
