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
 */
public record TlsConfig(
    Path certFile, Path keyFile, @Nullable Path trustFile, @Default("none") ClientAuth clientAuth) {
  public TlsConfig {
    if (clientAuth != ClientAuth.NONE && trustFile == null) {
      throw new IllegalArgumentException("trust-file is needed when client-auth is not none");
    }
  }

  /** TLS without client authentication. */
  public static TlsConfig of(Path certFile, Path keyFile) {
    return new TlsConfig(certFile, keyFile, null, ClientAuth.NONE);
  }
}
