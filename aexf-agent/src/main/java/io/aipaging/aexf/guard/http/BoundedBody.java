package io.aipaging.aexf.guard.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A request's body that fails once it is longer than allowed. */
final class BoundedBody implements ReadStream<Buffer> {
  private final HttpServerRequest request;
  private final long bytesMax;
  private @Nullable Handler<Throwable> onFailure;
  private long bytes;

  BoundedBody(HttpServerRequest request, long bytesMax) {
    this.request = request;
    this.bytesMax = bytesMax;
  }

  /** The body was longer than allowed. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("body too long", null, false, false);
    }
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    onFailure = handler;
    request.exceptionHandler(handler);
    return this;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    request.handler(handler == null ? null : chunk -> pass(chunk, handler));
    return this;
  }

  private void pass(Buffer chunk, Handler<Buffer> handler) {
    bytes += chunk.length();
    if (bytes <= bytesMax) {
      handler.handle(chunk);
    } else if (onFailure != null) {
      onFailure.handle(new TooLong());
    }
  }

  @Override
  public ReadStream<Buffer> pause() {
    request.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    request.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    request.fetch(amount);
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    request.endHandler(handler);
    return this;
  }
}
