package io.aipaging.protocol;

/** What an AIST is bound to: its {@code cnf} claim (RFC 7800). */
public sealed interface Confirmation {
  /**
   * Bound to the UE's address: {@code cnf.ueh}, see {@link UeHashKey}.
   *
   * @param ueh keyed hash, base64url
   */
  record UeAddressHash(String ueh) implements Confirmation {
    public UeAddressHash {
      Checks.opaque("cnf.ueh", ueh);
    }
  }

  /**
   * Bound to a DPoP key: {@code cnf.jkt} (RFC 9449 §6.1).
   *
   * @param jkt SHA-256 JWK thumbprint, base64url
   */
  record DpopKey(String jkt) implements Confirmation {
    public DpopKey {
      Checks.opaque("cnf.jkt", jkt);
    }
  }

  /**
   * Bound to a client certificate: {@code cnf.x5t#S256} (RFC 8705 §3.1).
   *
   * @param x5tS256 SHA-256 of the certificate, base64url
   */
  record ClientCertificate(String x5tS256) implements Confirmation {
    public ClientCertificate {
      Checks.opaque("cnf.x5t#S256", x5tS256);
    }
  }
}
