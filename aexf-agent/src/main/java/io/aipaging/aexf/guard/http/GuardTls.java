package io.aipaging.aexf.guard.http;

import io.aipaging.sbi.config.ClientAuth;
import io.aipaging.sbi.config.TlsConfig;
import io.aipaging.sbi.transport.PeerTrust;
import io.aipaging.sbi.transport.TlsFiles;
import io.aipaging.sbi.transport.TlsMaterial;
import io.aipaging.sbi.wire.Bytes;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 of the guard's listener, made here because a PROXY header comes before it. It follows its
 * files: a connection keeps what it began with.
 */
final class GuardTls implements AutoCloseable {
  private final ClientAuth clientAuth;
  private final Runnable following;
  private volatile SslContext context;

  /**
   * Reads the files and follows them.
   *
   * @throws IllegalArgumentException when they are of no use
   */
  GuardTls(TlsConfig config, Vertx vertx) {
    clientAuth = config.clientAuth();
    TlsFiles files = TlsFiles.of(config);
    try {
      context = made(files.material());
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the guard's TLS files are of no use", e);
    }
    following = files.watch(vertx, this::taken);
  }

  /** For the next connection. */
  SslContext context() {
    return context;
  }

  private Future<Boolean> taken(TlsMaterial renewed) {
    try {
      context = made(renewed);
      return Future.succeededFuture(true);
    } catch (SSLException | IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
  }

  private SslContext made(TlsMaterial material) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(stream(material.cert()), stream(material.key()))
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3")
            .clientAuth(
                switch (clientAuth) {
                  case NONE -> io.netty.handler.ssl.ClientAuth.NONE;
                  case REQUEST -> io.netty.handler.ssl.ClientAuth.OPTIONAL;
                  case REQUIRED -> io.netty.handler.ssl.ClientAuth.REQUIRE;
                });
    if (material.trust() != null) {
      builder.trustManager(PeerTrust.of(material));
    }
    return builder.build();
  }

  private static InputStream stream(@Nullable Bytes pem) {
    return new ByteArrayInputStream(Objects.requireNonNull(pem).toArray());
  }

  @Override
  public void close() {
    following.run();
  }
}
