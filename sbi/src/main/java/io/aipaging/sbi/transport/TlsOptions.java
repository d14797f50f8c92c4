package io.aipaging.sbi.transport;

import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.TlsConfig;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** TLS 1.3, and nothing older, for both ends (TS 33.210). */
public final class TlsOptions {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

  private TlsOptions() {}

  /** Makes a listener speak TLS with ALPN h2 and http/1.1. */
  public static void apply(TlsConfig tls, HttpServerOptions options) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(keyCert(tls.certFile(), tls.keyFile()))
        .setClientAuth(clientAuth(tls.clientAuth()));
    if (tls.trustFile() != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(tls.trustFile().toString()));
    }
  }

  /** Makes a client speak TLS, verifying chain and host name. */
  public static void apply(ClientTlsConfig tls, HttpClientOptions options) {
    options
        .setSsl(true)
        .setVerifyHost(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setTrustOptions(new PemTrustOptions().addCertPath(tls.trustFile().toString()));
    if (tls.certFile() != null && tls.keyFile() != null) {
      options.setKeyCertOptions(keyCert(tls.certFile(), tls.keyFile()));
    }
  }

  private static PemKeyCertOptions keyCert(Path cert, Path key) {
    return new PemKeyCertOptions().setCertPath(cert.toString()).setKeyPath(key.toString());
  }

  private static io.vertx.core.http.ClientAuth clientAuth(ClientAuth auth) {
    return switch (auth) {
      case NONE -> io.vertx.core.http.ClientAuth.NONE;
      case REQUEST -> io.vertx.core.http.ClientAuth.REQUEST;
      case REQUIRED -> io.vertx.core.http.ClientAuth.REQUIRED;
    };
  }
}
