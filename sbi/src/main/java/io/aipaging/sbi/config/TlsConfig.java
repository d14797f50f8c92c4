package io.aipaging.sbi.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 of a listener, from PEM files.
 *
 * @param certFile certificate chain, leaf first
 * @param keyFile PKCS #8 private key
 * @param trustFile certificates that peers' certificates must lead to; needed for client
 *     authentication
 * @param clientAuth whether peers must authenticate with a certificate
 * @param crlFile lists of revoked certificates (RFC 5280), by the authorities of peers'
 *     certificates; who shows one of these is refused. Null refuses nobody for that
 */
public record TlsConfig(
    Path certFile,
    Path keyFile,
    @Nullable Path trustFile,
    @Default("none") ClientAuth clientAuth,
    @Nullable Path crlFile) {
  public TlsConfig {
    if (clientAuth != ClientAuth.NONE && trustFile == null) {
      throw new IllegalArgumentException("trust-file is needed when client-auth is not none");
    }
    if (clientAuth == ClientAuth.NONE && crlFile != null) {
      throw new IllegalArgumentException("crl-file needs client-auth: else no peer is looked at");
    }
  }

  /** Without lists of revoked certificates. */
  public TlsConfig(Path certFile, Path keyFile, @Nullable Path trustFile, ClientAuth clientAuth) {
    this(certFile, keyFile, trustFile, clientAuth, null);
  }

  /** TLS without client authentication. */
  public static TlsConfig of(Path certFile, Path keyFile) {
    return new TlsConfig(certFile, keyFile, null, ClientAuth.NONE);
  }

  /** The same with lists of revoked certificates. */
  public TlsConfig withCrl(Path lists) {
    return new TlsConfig(certFile, keyFile, trustFile, clientAuth, lists);
  }
}
