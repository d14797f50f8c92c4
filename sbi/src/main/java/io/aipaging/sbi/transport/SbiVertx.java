package io.aipaging.sbi.transport;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Makes the Vert.x instance that the servers and clients of one process share. */
public final class SbiVertx {
  private SbiVertx() {}

  /** A Vert.x with native transport where it loads; the caller closes it. */
  public static Vertx create() {
    return create(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /** A Vert.x with {@code eventLoops} event loops; the caller closes it. */
  public static Vertx create(int eventLoops) {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(eventLoops)
            .setPreferNativeTransport(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }
}
