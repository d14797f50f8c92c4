package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Passes bytes between a UE and an anchor for as long as the grant lives. Each direction has one
 * virtual thread and one buffer, so a slow receiver holds back its sender; the end of one direction
 * is passed on and leaves the other open.
 *
 * <p>The grant is asked before every write. What was written before its end but still waits in the
 * kernel is discarded by the reset that ends the connection. A process that is paused between
 * question and write, or past the alarm, is late by the pause: that is what the skew margin is for.
 */
final class TcpRelay implements AutoCloseable {
  private final LiveGrant grant;
  private final SocketChannel ue;
  private final SocketChannel anchor;
  private final GatewayConfig config;
  private final CountDownLatch isCut = new CountDownLatch(1);
  private final Runnable cut = this::cut;

  private TcpRelay(LiveGrant grant, SocketChannel ue, SocketChannel anchor, GatewayConfig config) {
    this.grant = grant;
    this.ue = ue;
    this.anchor = anchor;
    this.config = config;
  }

  /** A relay that ends with its grant and is not yet connected to the anchor. */
  static TcpRelay open(LiveGrant grant, SocketChannel ue, GatewayConfig config) throws IOException {
    TcpRelay relay = new TcpRelay(grant, ue, SocketChannel.open(), config);
    grant.whenEnded(relay.cut);
    return relay;
  }

  /** Connects to the anchor and tells it whose connection this is. */
  void connect() throws IOException {
    anchor.setOption(StandardSocketOptions.SO_RCVBUF, config.kernelBufferBytes());
    for (SocketChannel end : new SocketChannel[] {ue, anchor}) {
      end.setOption(StandardSocketOptions.SO_SNDBUF, config.kernelBufferBytes());
      end.setOption(StandardSocketOptions.TCP_NODELAY, true);
      end.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
    TransportAddress endpoint = grant.grant().anchor();
    byte[] header =
        ProxyHeader.relayed(
            (InetSocketAddress) ue.getRemoteAddress(), (InetSocketAddress) ue.getLocalAddress());
    grant.requireLive();
    anchor
        .socket()
        .connect(
            new InetSocketAddress(endpoint.address(), endpoint.port()), config.connectMillis());
    write(ByteBuffer.wrap(header), anchor);
  }

  /** Relays until both directions have ended. */
  void passBoth(Executor workers) {
    CompletableFuture<Void> down = CompletableFuture.runAsync(() -> pass(anchor, ue), workers);
    pass(ue, anchor);
    down.join();
  }

  /** Ends both connections by reset. */
  void cut() {
    isCut.countDown();
    reset(ue);
    reset(anchor);
  }

  void awaitCut(Duration timeMax) {
    try {
      boolean _ = isCut.await(timeMax.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    grant.forget(cut);
    cut();
  }

  /** Ends a connection by reset. */
  static void reset(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException closedOrBroken) {
      // Then there is nothing to reset; closing frees the descriptor even when it fails.
    }
  }

  private void pass(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(config.bufferBytes());
    try {
      while (from.read(buffer) >= 0) {
        write(buffer.flip(), to);
        buffer.clear();
      }
      grant.requireLive();
      to.shutdownOutput();
    } catch (IOException broken) {
      cut();
    }
  }

  /** A write takes what the receiver has room for, so the grant is asked again for the rest. */
  private void write(ByteBuffer buffer, SocketChannel to) throws IOException {
    while (buffer.hasRemaining()) {
      grant.requireLive();
      to.write(buffer);
    }
  }
}
