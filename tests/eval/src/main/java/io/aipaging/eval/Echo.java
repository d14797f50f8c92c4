package io.aipaging.eval;

import io.aipaging.lab.Namespace;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/** Answers datagrams, and streams where it is told to, in an anchor's namespace. */
public final class Echo implements AutoCloseable {
  private static final int SIZE_MAX = 64;
  private static final int BACKLOG = 512;

  private final Namespace namespace;
  private final Deque<Closeable> opened = new ArrayDeque<>();

  /** Nothing is answered yet. */
  public Echo(Namespace namespace) {
    this.namespace = namespace;
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

  private static void echo(DatagramSocket socket) {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[SIZE_MAX], SIZE_MAX);
      while (true) {
        packet.setLength(SIZE_MAX);
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (IOException closed) {
      // The experiment is over.
    }
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      }
    } catch (IOException closed) {
      // The experiment is over.
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
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
