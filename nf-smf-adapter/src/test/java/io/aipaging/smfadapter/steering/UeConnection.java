package io.aipaging.smfadapter.steering;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A UE's TCP connection to the service: greeted by an anchor, then echoed by it. */
public final class UeConnection implements AutoCloseable {
  private static final int ANSWER_MILLIS_MAX = 2_000;

  private final Socket socket;
  private final BufferedReader lines;
  private final String anchor;

  public UeConnection(Socket socket) throws IOException {
    this.socket = socket;
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      this.lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      this.anchor = line();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The anchor that greeted. */
  public String anchor() {
    return anchor;
  }

  /** Sends a line and waits for its echo. */
  public void echo() throws IOException {
    socket.getOutputStream().write("x\n".getBytes(StandardCharsets.US_ASCII));
    line();
  }

  /** Echoes until that fails; the time the last echoed line was sent. */
  public long lastEchoSentNanos() {
    long last = System.nanoTime();
    try {
      while (true) {
        long sending = System.nanoTime();
        echo();
        last = sending;
      }
    } catch (IOException ended) {
      return last;
    }
  }

  private String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("closed by the peer");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
