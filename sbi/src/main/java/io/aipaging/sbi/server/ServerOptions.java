package io.aipaging.sbi.server;

import io.aipaging.sbi.config.ListenerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** A listener's limits in Vert.x' words. */
final class ServerOptions {
  private static final int REQUEST_LINE_BYTES_MAX = 8_192;
  private static final int RESETS_MAX = 200;
  private static final int RESETS_WINDOW_SECONDS = 30;
  private static final int HEADER_TABLE_BYTES = 4_096;
  private static final int STREAM_WINDOW_BYTES = 65_535;
  private static final int CONNECTION_WINDOW_BYTES = 1024 * 1024;

  private ServerOptions() {}

  static HttpServerOptions of(ListenerConfig listener) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(listener.host())
            .setPort(listener.port())
            .setIdleTimeout((int) listener.idleTimeout().toSeconds())
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxHeaderSize(listener.headerBytesMax())
            .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
            .setHandle100ContinueAutomatically(false)
            .setDecompressionSupported(false)
            .setHttp2ClearTextEnabled(listener.tls() == null)
            .setHttp2RstFloodMaxRstFramePerWindow(RESETS_MAX)
            .setHttp2RstFloodWindowDuration(RESETS_WINDOW_SECONDS)
            .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
            .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
            .setInitialSettings(
                new Http2Settings()
                    .setHeaderTableSize(HEADER_TABLE_BYTES)
                    .setInitialWindowSize(STREAM_WINDOW_BYTES)
                    .setPushEnabled(false)
                    .setMaxConcurrentStreams(listener.concurrentStreamsMax())
                    .setMaxHeaderListSize(listener.headerBytesMax()));
    return options;
  }
}
