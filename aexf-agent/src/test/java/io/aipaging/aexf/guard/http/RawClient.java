package io.aipaging.aexf.guard.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/** A socket from a chosen address that says exactly what it is told. */
final class RawClient implements AutoCloseable {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private final Socket socket;

  RawClient(String from, int port) throws IOException {
    this(connected(from, port));
  }

  RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
  }

  static Socket connected(String from, int port) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** A PROXY v2 header that relays an IPv4 source. */
  static byte[] relaying(String source) {
    byte[] header =
        HexFormat.of().parseHex(SIGNATURE + "2111000c" + "00000000" + "7f000001" + "c0011f40");
    System.arraycopy(InetAddress.ofLiteral(source).getAddress(), 0, header, 16, 4);
    return header;
  }

  /** A PROXY v2 header of a gateway that speaks for itself. */
  static byte[] local() {
    return HexFormat.of().parseHex(SIGNATURE + "20000000");
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void get(String path, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    send(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads until the text has been seen; answers everything read. */
  String readUntil(String text) throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!seen.toString(StandardCharsets.ISO_8859_1).contains(text)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + seen.toString(StandardCharsets.ISO_8859_1));
      }
      seen.write(next);
    }
    return seen.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads one answer with a Content-Length; answers its head and body. */
  String answer() throws IOException {
    String head = readUntil("\r\n\r\n");
    int length =
        head.lines()
            .filter(line -> line.toLowerCase().startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return head
        + new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  /** Waits for the end of the connection, reset or not; answers what came before. */
  String readToEnd() throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(seen);
    } catch (java.net.SocketException reset) {
      seen.write("<reset>".getBytes(StandardCharsets.US_ASCII));
    }
    return seen.toString(StandardCharsets.ISO_8859_1);
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
