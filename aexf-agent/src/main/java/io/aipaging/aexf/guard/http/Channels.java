package io.aipaging.aexf.guard.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The one place that looks below Vert.x' HTTP connection at its Netty channel. */
final class Channels {
  private Channels() {}

  static Channel of(HttpConnection connection) {
    return ((ConnectionBase) connection).channelHandlerContext().channel();
  }

  /** Ends a connection at once: what was not sent yet is not sent any more, TLS or not. */
  static void cut(HttpConnection connection) {
    Channel channel = of(connection);
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      ChannelHandlerContext first = channel.pipeline().firstContext();
      // From the first handler on, the close meets no TLS that would still say goodbye.
      ChannelPromise closed = channel.newPromise();
      var _ = first == null ? channel.close(closed) : first.close(closed);
    }
  }

  static boolean isSecure(HttpConnection connection) {
    return of(connection).pipeline().get(SslHandler.class) != null;
  }

  /** Thumbprint of the client's certificate (RFC 8705 §3.1), or null when it showed none. */
  static @Nullable String certificateSha256(HttpConnection connection) {
    SslHandler tls = of(connection).pipeline().get(SslHandler.class);
    if (tls == null) {
      return null;
    }
    try {
      byte[] leaf = tls.engine().getSession().getPeerCertificates()[0].getEncoded();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(leaf));
    } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
