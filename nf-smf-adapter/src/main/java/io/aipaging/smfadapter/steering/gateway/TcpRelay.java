package io.aipaging.smfadapter.steering.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;

/**
 * Passes bytes between a UE and an anchor for as long as the grant lives. Each direction has one
 * thread and one buffer, so a slow receiver holds back its sender; the end of one direction is
 * passed on and leaves the other open.
 */
record TcpRelay(LiveGrant grant, Socket ue, Socket anchor, int bufferBytes) {

  /** Relays until both directions have ended. */
  void run(ThreadFactory threads) throws IOException {
    ue.setTcpNoDelay(true);
    anchor.setTcpNoDelay(true);
    Thread down = threads.newThread(() -> pass(anchor, ue));
    down.start();
    pass(ue, anchor);
    try {
      down.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(ue);
    close(anchor);
  }

  /** Ends both connections by reset. */
  void cut() {
    reset(ue);
    reset(anchor);
  }

  /** Ends a connection by reset. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException alreadyClosed) {
      // Then there is nothing to reset.
    }
    close(socket);
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[bufferBytes];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!grant.isLive()) {
          cut();
          return;
        }
        out.write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException broken) {
      cut();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closing frees the descriptor even when it reports an error.
    }
  }
}
