package io.aipaging.sbi.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** An HTTP/1.1 peer that answers request number n with a text, or hangs up, or stays silent. */
final class FlakyPeer implements AutoCloseable {
  /** Closes the connection without an answer. */
  static final String HANG_UP = "hang up";

  /** Never answers. */
  static final String SILENCE = "silence";

  private final ServerSocket listener;
  private final IntFunction<String> script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();

  FlakyPeer(IntFunction<String> script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  static String answer(int status, String type, String body, String... headers) {
    StringBuilder text =
        new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String request = read(in); request != null; request = read(in)) {
        String answer;
        synchronized (this) {
          requests.add(request);
          answer = script.apply(requests.size());
        }
        if (answer.equals(HANG_UP)) {
          return;
        }
        if (!answer.equals(SILENCE)) {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException gone) {
      // The client hung up.
    }
  }

  private static String read(BufferedReader in) throws IOException {
    StringBuilder text = new StringBuilder();
    int length = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      text.append(line).append('\n');
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).trim());
      }
      if (line.isEmpty()) {
        for (int i = 0; i < length; i++) {
          text.append((char) in.read());
        }
        return text.toString();
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
