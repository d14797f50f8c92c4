package io.aipaging.eval;

import io.aipaging.lab.Namespace;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Answers datagrams, and streams where it is told to, in an anchor's namespace. */
public final class Echo implements AutoCloseable {
  private static final int SIZE_MAX = 64;
  private static final int BACKLOG = 512;
  private static final int INSISTENCE_MAX = 500;
  private static final long INSISTENCE_NANOS = 5_000_000;

  private final Namespace namespace;
  private final Deque<Closeable> opened = new ArrayDeque<>();
  private volatile boolean insists;

  /** Nothing is answered yet. */
  public Echo(Namespace namespace) {
    this.namespace = namespace;
  }

  /** As often as it can pace, and besides the answers, to whoever has asked lately. */
  public Echo insistent() {
    insists = true;
    return this;
  }

  /** Answers datagrams sent to {@code address}, with what they say. */
  public Echo datagrams(String address) throws IOException {
    DatagramSocket socket =
        namespace.call(() -> new DatagramSocket(Site.PORT, InetAddress.ofLiteral(address)));
    opened.push(socket);
    Thread.ofPlatform().daemon().name("echo " + address).start(() -> echo(socket));
    return this;
  }

  /** Echoes streams to {@code address}. */
  public Echo streams(String address) throws IOException {
    ServerSocket server =
        namespace.call(() -> new ServerSocket(Site.PORT, BACKLOG, InetAddress.ofLiteral(address)));
    opened.push(server);
    Thread.ofPlatform().daemon().name("accept " + address).start(() -> accept(server));
    return this;
  }

  private void echo(DatagramSocket socket) {
    Map<InetAddress, Thread> insisting = new HashMap<>();
    try {
      DatagramPacket packet = new DatagramPacket(new byte[SIZE_MAX], SIZE_MAX);
      while (true) {
        packet.setLength(SIZE_MAX);
        socket.receive(packet);
        socket.send(packet);
        SocketAddress ue = packet.getSocketAddress();
        if (insists) {
          insisting.computeIfAbsent(
              packet.getAddress(),
              first -> insist(() -> socket.send(new DatagramPacket(new byte[1], 1, ue))));
        }
      }
    } catch (IOException closed) {
      // The experiment is over.
    }
  }

  /** Something said without being asked. */
  @FunctionalInterface
  private interface Saying {
    void say() throws IOException;
  }

  /** Until it fails or has lasted longer than any lease here. */
  private static Thread insist(Saying saying) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (int i = 0; i < INSISTENCE_MAX; i++) {
                  saying.say();
                  LockSupport.parkNanos(INSISTENCE_NANOS);
                }
              } catch (IOException gone) {
                // The UE or the experiment is gone.
              }
            });
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      }
    } catch (IOException closed) {
      // The experiment is over.
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      if (insists) {
        var _ = insist(() -> socket.getOutputStream().write(1));
      }
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException gone) {
      // The UE is gone.
    }
  }

  @Override
  public void close() throws IOException {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
