package io.aipaging.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One address for all replicas: a connection goes to the next one that accepts it. */
final class Balancer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int CONNECT_MILLIS = 2_000;
  private final ServerSocket listening;
  private final List<Integer> ports;
  private final AtomicInteger turn = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Balancer(ServerSocket listening, List<Integer> ports) {
    this.listening = listening;
    this.ports = List.copyOf(ports);
  }

  /** Listens on {@code port} for those on {@code ports}. */
  static Balancer start(int port, List<Integer> ports) throws IOException {
    Balancer balancer =
        new Balancer(new ServerSocket(port, 50, InetAddress.ofLiteral(HOST)), ports);
    Thread.ofVirtual().name("balancer").start(balancer::accept);
    return balancer;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket from = listening.accept();
        Thread.ofVirtual().start(() -> serve(from));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket from) {
    for (int tries = 0; tries < ports.size(); tries++) {
      Socket to = new Socket();
      int port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
      try {
        to.connect(new InetSocketAddress(InetAddress.ofLiteral(HOST), port), CONNECT_MILLIS);
      } catch (IOException silent) {
        close(to);
        continue;
      }
      open.add(from);
      open.add(to);
      Thread.ofVirtual().start(() -> pass(from, to));
      pass(to, from);
      return;
    }
    close(from);
  }

  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Both ends are closed below.
    }
    close(from);
    close(to);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(this::close);
  }
}
