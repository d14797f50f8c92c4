package io.aipaging.sbi.server;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http2ServerConnection;

/**
 * Refuses the HTTP/1.1 upgrade to h2c, a known way past proxies: Vert.x has no switch for it that
 * leaves prior knowledge on. An upgraded connection is closed before its request is looked at.
 */
final class UpgradeGuard {
  /** Name of the pipeline's upgrade handler, present only while an upgrade is under way. */
  private static final String UPGRADE_HANDLER = "h2c";

  private static final AttributeKey<Boolean> REFUSED =
      AttributeKey.valueOf(UpgradeGuard.class, "refused");

  private UpgradeGuard() {}

  /** Called for every new connection. */
  static void inspect(HttpConnection connection) {
    if (connection instanceof Http2ServerConnection http2) {
      Channel channel = http2.channel();
      if (channel.pipeline().get(UPGRADE_HANDLER) != null) {
        channel.attr(REFUSED).set(true);
        connection.close();
      }
    }
  }

  /** Whether requests of {@code connection} must not be answered. */
  static boolean refuses(HttpConnection connection) {
    return connection instanceof Http2ServerConnection http2 && http2.channel().hasAttr(REFUSED);
  }
}
