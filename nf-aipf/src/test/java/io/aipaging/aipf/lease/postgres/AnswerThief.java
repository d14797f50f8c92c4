package io.aipaging.aipf.lease.postgres;

import io.aipaging.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and the database and cuts connections after the database has done what it
 * was asked, but before it has said so.
 */
final class AnswerThief implements AutoCloseable {
  private final ServerSocket listener;
  private final int database;
  private final AtomicInteger wanted = new AtomicInteger();
  private final AtomicInteger stolen = new AtomicInteger();
  private final Deque<Socket> sockets = new ArrayDeque<>();

  AnswerThief(PostgresServer server) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.ofLiteral(PostgresServer.HOST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = server.port();
    Thread.ofVirtual().start(this::accept);
  }

  /** Steals the next answers to appends. */
  void steal(int answers) {
    wanted.set(answers);
  }

  int stolen() {
    return stolen.get();
  }

  String uri(PostgresServer server, String name) {
    return server.uri(name).replace(":" + server.port(), ":" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(PostgresServer.HOST, database);
        synchronized (sockets) {
          sockets.push(client);
          sockets.push(server);
        }
        boolean[] appending = new boolean[1];
        Thread.ofVirtual().start(() -> forward(client, server, bytes -> watch(bytes, appending)));
        Thread.ofVirtual().start(() -> forward(server, client, bytes -> keep(appending)));
      } catch (IOException e) {
        return;
      }
    }
  }

  private interface Gate {
    boolean open(byte[] bytes);
  }

  private static boolean watch(byte[] bytes, boolean[] appending) {
    if (new String(bytes, StandardCharsets.ISO_8859_1).contains("prev_sha256")) {
      appending[0] = true;
    }
    return true;
  }

  /** Whether the answer may pass. */
  private boolean keep(boolean[] appending) {
    if (appending[0] && wanted.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      stolen.incrementAndGet();
      return false;
    }
    appending[0] = false;
    return true;
  }

  private static void forward(Socket from, Socket to, Gate gate) {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int read = in.read(buffer);
      while (read >= 0 && gate.open(java.util.Arrays.copyOf(buffer, read))) {
        out.write(buffer, 0, read);
        out.flush();
        read = in.read(buffer);
      }
    } catch (IOException e) {
      // Either side is gone; closing both tells the other.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
