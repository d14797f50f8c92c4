package io.aipaging.aexf.guard.http;

import io.aipaging.sbi.config.TlsConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.UncheckedIOException;
import javax.net.ssl.SSLException;

/** TLS 1.3 of the guard's listener, made here because a PROXY header comes before it. */
final class GuardTls {
  private GuardTls() {}

  static SslContext context(TlsConfig config) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(config.certFile().toFile(), config.keyFile().toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3")
              .clientAuth(
                  switch (config.clientAuth()) {
                    case NONE -> ClientAuth.NONE;
                    case REQUEST -> ClientAuth.OPTIONAL;
                    case REQUIRED -> ClientAuth.REQUIRE;
                  });
      if (config.trustFile() != null) {
        builder.trustManager(config.trustFile().toFile());
      }
      return builder.build();
    } catch (SSLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
