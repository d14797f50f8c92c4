package io.aipaging.sbi.transport;

import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.TlsConfig;
import io.aipaging.sbi.wire.Bytes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3, and nothing older, for both ends (TS 33.210), from files that may be renewed any time.
 */
public final class TlsOptions {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

  private TlsOptions() {}

  /**
   * Makes a listener speak TLS with ALPN h2 and http/1.1.
   *
   * @return follows the files once the listener is made; gives back what stops it
   */
  public static Renewal<HttpServer> apply(TlsConfig tls, HttpServerOptions options) {
    TlsFiles files = TlsFiles.of(tls);
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setClientAuth(clientAuth(tls.clientAuth()));
    TlsMaterial first = files.material();
    options.setKeyCertOptions(keyCert(first));
    options.setTrustOptions(trust(first));
    crl(first).forEach(options::addCrlValue);
    return (vertx, server) ->
        files.watch(
            vertx, renewed -> server.updateSSLOptions(with(options.getSslOptions(), renewed)));
  }

  /**
   * Makes a client speak TLS, verifying chain and host name.
   *
   * @return follows the files once the client is made; gives back what stops it
   */
  public static Renewal<HttpClientAgent> apply(ClientTlsConfig tls, HttpClientOptions options) {
    TlsFiles files = TlsFiles.of(tls);
    TlsMaterial first = files.material();
    options
        .setSsl(true)
        .setVerifyHost(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setTrustOptions(trust(first))
        .setKeyCertOptions(keyCert(first));
    crl(first).forEach(options::addCrlValue);
    return (vertx, client) ->
        files.watch(
            vertx, renewed -> client.updateSSLOptions(with(options.getSslOptions(), renewed)));
  }

  /** Lets a listener or a client follow its files. */
  @FunctionalInterface
  public interface Renewal<T> {
    /** Follows until what is returned is run. */
    Runnable follow(Vertx vertx, T end);
  }

  private static <O extends SSLOptions> O with(O old, TlsMaterial renewed) {
    @SuppressWarnings("unchecked") // every copy is of its own kind
    O options = (O) old.copy();
    options.setKeyCertOptions(keyCert(renewed)).setTrustOptions(trust(renewed));
    options.getCrlValues().clear();
    crl(renewed).forEach(options::addCrlValue);
    return options;
  }

  private static List<Buffer> crl(TlsMaterial material) {
    Bytes crl = material.crl();
    return crl == null ? List.of() : List.of(buffer(crl));
  }

  private static @Nullable PemKeyCertOptions keyCert(TlsMaterial material) {
    Bytes cert = material.cert();
    Bytes key = material.key();
    return cert == null || key == null
        ? null
        : new PemKeyCertOptions().setCertValue(buffer(cert)).setKeyValue(buffer(key));
  }

  private static @Nullable PemTrustOptions trust(TlsMaterial material) {
    Bytes trust = material.trust();
    return trust == null ? null : new PemTrustOptions().addCertValue(buffer(trust));
  }

  private static Buffer buffer(Bytes bytes) {
    return Buffer.buffer(bytes.toArray());
  }

  private static io.vertx.core.http.ClientAuth clientAuth(ClientAuth auth) {
    return switch (auth) {
      case NONE -> io.vertx.core.http.ClientAuth.NONE;
      case REQUEST -> io.vertx.core.http.ClientAuth.REQUEST;
      case REQUIRED -> io.vertx.core.http.ClientAuth.REQUIRED;
    };
  }
}
