package io.aipaging.sbi.transport;

import static java.util.concurrent.TimeUnit.DAYS;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the Vert.x instance that the servers and clients of one process share. */
public final class SbiVertx {
  private static final Logger LOG = LoggerFactory.getLogger(SbiVertx.class);

  private SbiVertx() {}

  /** A Vert.x with native transport where it loads; the caller closes it. */
  public static Vertx create() {
    return create(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /** A Vert.x with {@code eventLoops} event loops; the caller closes it. */
  public static Vertx create(int eventLoops) {
    return Vertx.vertx(options(eventLoops));
  }

  /**
   * For a command that makes a few calls and ends: one event loop, and no warning that it was busy
   * with the first connection for seconds, as it is in a cold process on a busy machine.
   */
  public static Vertx shortLived() {
    return Vertx.vertx(
        options(1).setBlockedThreadCheckInterval(1).setBlockedThreadCheckIntervalUnit(DAYS));
  }

  private static VertxOptions options(int eventLoops) {
    return new VertxOptions()
        .setEventLoopPoolSize(eventLoops)
        .setPreferNativeTransport(true)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  /**
   * Closes it. A connection whose peer stands still may not be closed in time; it ends with the
   * process.
   *
   * @param atMost longest wait
   */
  public static void close(Vertx vertx, Duration atMost) {
    try {
      var _ = vertx.close().await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("connections are still open");
    }
  }
}
