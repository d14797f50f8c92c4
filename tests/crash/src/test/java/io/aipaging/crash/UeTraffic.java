package io.aipaging.crash;

import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.paging.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** A connection of a UE through the gate to its model; from a UE's own address. */
final class UeTraffic implements AutoCloseable {
  private static final Duration ANSWER_TIME = Duration.ofSeconds(10);
  private static final int HEAD_BYTES_MAX = 16_384;
  private static final String BODY = "{\"model\": \"all-MiniLM-L6-v2\", \"input\": \"a heron\"}";
  private final Socket socket = new Socket();
  private final Session session;

  private UeTraffic(Session session) {
    this.session = session;
  }

  /** Connects; throws when there is no way. */
  static UeTraffic connect(Session session) throws IOException {
    UeTraffic traffic = new UeTraffic(session);
    ServiceAddress service = Objects.requireNonNull(session.serviceAddress());
    try {
      traffic.socket.bind(new InetSocketAddress(InetAddress.ofLiteral(session.ueAddress()), 0));
      traffic.socket.setSoTimeout(Math.toIntExact(ANSWER_TIME.toMillis()));
      traffic.socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral(service.address()), service.port()),
          Math.toIntExact(ANSWER_TIME.toMillis()));
      return traffic;
    } catch (IOException e) {
      traffic.close();
      throw e;
    }
  }

  /** Whether a request on a connection of its own is served. */
  static boolean served(Session session) {
    try (UeTraffic traffic = connect(session)) {
      return traffic.request() == 200;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Status of one request on this connection. */
  int request() throws IOException {
    send();
    return status();
  }

  /** Sends a request, and waits for nothing. */
  void send() throws IOException {
    String token = Objects.requireNonNull(session.token()).accessToken();
    ServiceAddress service = Objects.requireNonNull(session.serviceAddress());
    String head =
        "POST /v1/embeddings HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n"
                .formatted(service.address(), service.port(), token)
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(BODY.length());
    socket.getOutputStream().write((head + BODY).getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads one answer to its end. */
  int status() throws IOException {
    String head = head();
    String[] lines = head.split("\r\n");
    for (String line : lines) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        int length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        if (socket.getInputStream().readNBytes(length).length < length) {
          throw new IOException("cut short");
        }
      }
    }
    return Integer.parseInt(lines[0].split(" ")[1]);
  }

  private String head() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > HEAD_BYTES_MAX) {
        throw new IOException("no answer");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
