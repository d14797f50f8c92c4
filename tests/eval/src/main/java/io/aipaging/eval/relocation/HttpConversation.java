package io.aipaging.eval.relocation;

import io.aipaging.eval.Site;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP/1.1 connection of a UE to the service, without any retry. */
final class HttpConversation implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 3_000;
  private static final int LINE_MAX = 8_192;

  private final Socket socket = new Socket();
  private final InputStream in;

  /** Connects from a UE's address; the calling thread is in the UEs' namespace. */
  HttpConversation(String ue) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(ue), 0));
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral(Site.service()), Site.PORT), PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a request and reads the whole answer; whether the connection may be used again.
   *
   * @throws IOException when the answer is not a whole 200
   */
  boolean get(String path, String token, boolean keep) throws IOException {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + Site.service()
            + ":"
            + Site.PORT
            + "\r\nAuthorization: Bearer "
            + token
            + (keep ? "" : "\r\nConnection: close")
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = line();
    int length = -1;
    boolean kept = keep;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      kept &= !lower.equals("connection: close");
      chunked |= lower.equals("transfer-encoding: chunked");
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
    }
    if (chunked) {
      readChunks();
    } else {
      in.skipNBytes(length);
    }
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    return kept;
  }

  private void readChunks() throws IOException {
    for (int size = chunk(); size > 0; size = chunk()) {
      in.skipNBytes(size);
      var _ = line();
    }
    var _ = line();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > LINE_MAX) {
        throw new EOFException("the answer is cut short");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
