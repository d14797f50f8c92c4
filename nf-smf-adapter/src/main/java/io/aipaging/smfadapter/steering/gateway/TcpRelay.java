package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes bytes between a UE and an anchor for as long as the grant lives. One virtual thread moves
 * both directions, each with one buffer, so a slow receiver holds back its sender; the end of one
 * direction is passed on and leaves the other open.
 *
 * <p>The grant is asked before every write, and no write waits. What was written before its end but
 * still waits in the kernel is discarded by the reset that ends the connection; a process that is
 * suspended past the alarm cannot reset, and the kernel goes on sending what it already had.
 */
final class TcpRelay implements AutoCloseable {
  private final LiveGrant grant;
  private final SocketChannel ue;
  private final SocketChannel anchor;
  private final GatewayConfig config;
  private final CountDownLatch isCut = new CountDownLatch(1);
  private final Runnable cut = this::cut;
  private volatile @Nullable Selector selector;

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

  /** Relays until both directions have ended or the relay is cut. */
  void passBoth() {
    try (Selector waiting = Selector.open()) {
      selector = waiting;
      ue.configureBlocking(false);
      anchor.configureBlocking(false);
      OneWay up = new OneWay(grant, ue, anchor, config.bufferBytes());
      OneWay down = new OneWay(grant, anchor, ue, config.bufferBytes());
      SelectionKey atUe = ue.register(waiting, 0);
      SelectionKey atAnchor = anchor.register(waiting, 0);
      while (!up.isOver() || !down.isOver()) {
        atUe.interestOps(up.reading() | down.writing());
        atAnchor.interestOps(down.reading() | up.writing());
        waiting.select();
        up.move();
        down.move();
      }
    } catch (IOException | CancelledKeyException brokenOrCut) {
      cut();
    }
  }

  /** Ends both connections by reset. */
  void cut() {
    isCut.countDown();
    reset(ue);
    reset(anchor);
    Selector waiting = selector;
    if (waiting != null) {
      // It still holds both sockets, and lets go of them when it looks.
      waiting.wakeup();
    }
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

  /** The first bytes of a connection always find room. */
  private void write(ByteBuffer buffer, SocketChannel to) throws IOException {
    while (buffer.hasRemaining()) {
      grant.requireLive();
      to.write(buffer);
    }
  }
}
