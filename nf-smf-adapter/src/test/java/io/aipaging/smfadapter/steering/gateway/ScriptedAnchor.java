package io.aipaging.smfadapter.steering.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads the PROXY header of every connection, then does what the test says. */
final class ScriptedAnchor implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final int FIXED_BYTES = 16;

  private final ServerSocket listening;
  private final Script script;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  private ScriptedAnchor(ServerSocket listening, Script script) {
    this.listening = listening;
    this.script = script;
  }

  /** What to do with a connection once its header is read; the socket is closed afterwards. */
  interface Script {
    void run(Socket connection, byte[] header) throws Exception;
  }

  static ScriptedAnchor open(Script script) throws IOException {
    return open(LoopbackGate.ANCHORS, script);
  }

  static ScriptedAnchor open(String address, Script script) throws IOException {
    ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(address));
    ScriptedAnchor anchor = new ScriptedAnchor(listening, script);
    Thread.ofPlatform().daemon().start(anchor::acceptAll);
    return anchor;
  }

  /** Sends everything back. */
  static ScriptedAnchor echo() throws IOException {
    return open((socket, header) -> socket.getInputStream().transferTo(socket.getOutputStream()));
  }

  int port() {
    return listening.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = listening.accept();
        accepted.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      byte[] fixed = in.readNBytes(FIXED_BYTES);
      int length = (fixed[14] & 0xff) << 8 | (fixed[15] & 0xff);
      byte[] header = new byte[FIXED_BYTES + length];
      System.arraycopy(fixed, 0, header, 0, FIXED_BYTES);
      in.readNBytes(header, FIXED_BYTES, length);
      script.run(socket, header);
    } catch (Exception gone) {
      // The peer is gone, which tests see from the other side.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }
}
