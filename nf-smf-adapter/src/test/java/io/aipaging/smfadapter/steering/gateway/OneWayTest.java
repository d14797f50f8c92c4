package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OneWayTest {
  private static final int BUFFER_BYTES = 4_096;

  private final LiveGrant grant =
      new LiveGrant(
          new Flow(UeAddress.parse("10.45.0.2"), ServiceEndpoint.of("203.0.113.10", "TCP", 8_443)),
          new Grant(new GrantId(1), TransportAddress.parse("10.60.1.2:8443")),
          System.nanoTime() + Duration.ofMinutes(1).toNanos());
  private Pair in;
  private Pair out;
  private OneWay way;

  /** Two ends of a connection. */
  private record Pair(SocketChannel near, SocketChannel far) {
    static Pair open() throws IOException {
      try (ServerSocketChannel server = ServerSocketChannel.open()) {
        server.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel near = SocketChannel.open(server.getLocalAddress());
        near.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
        Pair pair = new Pair(near, server.accept());
        pair.near.configureBlocking(false);
        return pair;
      }
    }

    void close() throws IOException {
      near.close();
      far.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    in = Pair.open();
    out = Pair.open();
    way = new OneWay(grant, in.near(), out.near(), BUFFER_BYTES);
  }

  @AfterEach
  void close() throws IOException {
    in.close();
    out.close();
  }

  @Test
  void whatWaitedForRoomIsNotPassedOnAfterTheDeadline() throws Exception {
    fillUntilNothingMoves();
    drainFar();
    grant.deadlineNanos(System.nanoTime());

    assertThatThrownBy(way::move).isInstanceOf(IOException.class);

    out.near().close();
    assertThat(out.far().read(ByteBuffer.allocate(1))).as("end without another byte").isEqualTo(-1);
  }

  @Test
  void whatWaitedForRoomIsPassedOnWhileTheGrantLives() throws Exception {
    fillUntilNothingMoves();
    drainFar();

    way.move();

    assertThat(out.far().read(ByteBuffer.allocate(BUFFER_BYTES))).isPositive();
  }

  @Test
  void noMoreThanOneBufferWaits() throws Exception {
    fillUntilNothingMoves();
    assertThat(way.reading()).isZero();
    assertThat(way.writing()).isEqualTo(SelectionKey.OP_WRITE);
  }

  @Test
  void theEndIsPassedOnAfterWhatCameBefore() throws Exception {
    in.far().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    in.far().shutdownOutput();
    while (!way.isOver()) {
      way.move();
    }
    ByteBuffer seen = ByteBuffer.allocate(8);
    while (out.far().read(seen) >= 0) {
      // until the end
    }
    assertThat(seen.position()).isEqualTo(3);
  }

  /** Until the far end, both kernels and the buffer are full. */
  private void fillUntilNothingMoves() throws IOException {
    in.far().configureBlocking(false);
    long lastMoved = System.nanoTime();
    while (System.nanoTime() - lastMoved < Duration.ofMillis(300).toNanos()) {
      if (in.far().write(ByteBuffer.allocate(BUFFER_BYTES)) > 0) {
        lastMoved = System.nanoTime();
      }
      way.move();
    }
  }

  /** Reads what the kernels hold, and nothing else, because the way does not move. */
  private void drainFar() throws IOException {
    out.far().configureBlocking(false);
    ByteBuffer seen = ByteBuffer.allocate(BUFFER_BYTES);
    long lastRead = System.nanoTime();
    while (System.nanoTime() - lastRead < Duration.ofMillis(300).toNanos()) {
      if (out.far().read(seen.clear()) > 0) {
        lastRead = System.nanoTime();
      }
    }
    out.far().configureBlocking(true);
  }
}
