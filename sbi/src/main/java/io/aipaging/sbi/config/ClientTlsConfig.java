package io.aipaging.sbi.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 of a client, from PEM files. The peer's host name is always checked.
 *
 * @param trustFile certificates the peer's certificate must lead to
 * @param certFile own certificate chain for mutual TLS, or null
 * @param keyFile own private key; present exactly when {@code certFile} is
 * @param crlFile lists of revoked certificates (RFC 5280), by the authorities of peers'
 *     certificates; a peer that shows one of these is refused. Null refuses none for that
 */
public record ClientTlsConfig(
    Path trustFile, @Nullable Path certFile, @Nullable Path keyFile, @Nullable Path crlFile) {
  public ClientTlsConfig {
    if ((certFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException("cert-file and key-file come together");
    }
  }

  /** Without lists of revoked certificates. */
  public ClientTlsConfig(Path trustFile, @Nullable Path certFile, @Nullable Path keyFile) {
    this(trustFile, certFile, keyFile, null);
  }

  /** The same with lists of revoked certificates. */
  public ClientTlsConfig withCrl(Path lists) {
    return new ClientTlsConfig(trustFile, certFile, keyFile, lists);
  }

  /** Trusts {@code trustFile}, shows no certificate. */
  public static ClientTlsConfig trusting(Path trustFile) {
    return new ClientTlsConfig(trustFile, null, null);
  }
}
