package io.aipaging.smfadapter.steering.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Bytes on their way from one end of a connection to the other, one buffer of them at most. The
 * grant is asked right before every write, and no write waits: a process that stood still finds the
 * deadline passed before it passes anything on. Used by one thread.
 */
final class OneWay {
  private final LiveGrant grant;
  private final SocketChannel from;
  private final SocketChannel to;
  private final ByteBuffer buffer;
  private boolean ended;
  private boolean over;

  /** Both channels must be non-blocking. */
  OneWay(LiveGrant grant, SocketChannel from, SocketChannel to, int bufferBytes) {
    this.grant = grant;
    this.from = from;
    this.to = to;
    this.buffer = ByteBuffer.allocate(bufferBytes);
  }

  /**
   * Moves what can be moved without waiting; the end of what {@code from} sends is passed on last.
   *
   * @throws IOException when a side is broken or the grant is not in force
   */
  void move() throws IOException {
    if (!ended && buffer.hasRemaining()) {
      ended = from.read(buffer) < 0;
    }
    if (buffer.position() > 0) {
      buffer.flip();
      grant.requireLive();
      to.write(buffer);
      buffer.compact();
    }
    if (ended && !over && buffer.position() == 0) {
      grant.requireLive();
      to.shutdownOutput();
      over = true;
    }
  }

  /** Whether the end was passed on. */
  boolean isOver() {
    return over;
  }

  /** What to wait for at {@code from}. */
  int reading() {
    return !ended && buffer.hasRemaining() ? SelectionKey.OP_READ : 0;
  }

  /** What to wait for at {@code to}. */
  int writing() {
    return buffer.position() > 0 ? SelectionKey.OP_WRITE : 0;
  }
}
