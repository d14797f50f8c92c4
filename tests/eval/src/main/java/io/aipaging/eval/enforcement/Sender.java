package io.aipaging.eval.enforcement;

import io.aipaging.eval.Site;
import io.aipaging.lab.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A UE that sends as often as it can pace, whatever it is told, until some time. */
record Sender(String ue, Transport transport, Case.Age age) {
  private static final long PACE_NANOS = 1_000_000;
  private static final int CONNECT_MILLIS_MAX = 20;

  /** Sends on the calling thread, which is in the UEs' namespace. */
  void sendUntil(Instant end) {
    switch (age) {
      case NEW -> paced(end, this::sendAnew);
      case ESTABLISHED -> {
        if (transport == Transport.UDP) {
          datagrams(end);
        } else {
          stream(end);
        }
      }
    }
  }

  /** One packet or connection. */
  @FunctionalInterface
  private interface Sending {
    void send() throws IOException;
  }

  private static void paced(Instant end, Sending sending) {
    for (long due = System.nanoTime(); Instant.now().isBefore(end); due += PACE_NANOS) {
      try {
        sending.send();
      } catch (IOException refused) {
        // What a denied sender is told; it goes on trying.
      }
      due = Math.max(due, System.nanoTime() - PACE_NANOS);
      LockSupport.parkNanos(due + PACE_NANOS - System.nanoTime());
    }
  }

  private void sendAnew() throws IOException {
    if (transport == Transport.UDP) {
      try (DatagramSocket socket = datagrams()) {
        socket.send(new DatagramPacket(new byte[1], 1));
      }
    } else {
      connect().close();
    }
  }

  private void datagrams(Instant end) {
    try (DatagramSocket socket = datagrams()) {
      paced(end, () -> socket.send(new DatagramPacket(new byte[1], 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection as long as it lives; then it is tried again. */
  private void stream(Instant end) {
    AtomicReference<@Nullable Socket> connection = new AtomicReference<>();
    paced(
        end,
        () -> {
          Socket socket = connection.get();
          if (socket == null) {
            socket = connect();
            connection.set(socket);
          }
          try {
            socket.getOutputStream().write(1);
          } catch (IOException reset) {
            socket.close();
            connection.set(null);
          }
        });
    Socket left = connection.get();
    if (left != null) {
      try {
        left.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private DatagramSocket datagrams() throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(ue), 0));
    try {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(Site.service()), Site.PORT));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A reset at its end keeps no port waiting. */
  private Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoLinger(true, 0);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(ue), 0));
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral(Site.service()), Site.PORT),
          CONNECT_MILLIS_MAX);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
