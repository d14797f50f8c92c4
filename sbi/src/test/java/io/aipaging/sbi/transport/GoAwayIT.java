package io.aipaging.sbi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A peer that says GOAWAY has not looked at streams above the last one it names (RFC 9113 §6.8): a
 * create on such a stream was not made, and may be sent again.
 */
class GoAwayIT {
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int PREFACE_BYTES = 24;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;

  private final AtomicInteger connections = new AtomicInteger();
  private ServerSocket listener;
  private HttpTransport client;

  /** How far the peer says it has looked. */
  private volatile int lastStream;

  /** From this connection on the peer answers. */
  private volatile int answersFrom = Integer.MAX_VALUE;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 8, InetAddress.ofLiteral("127.0.0.1"));
    Thread.startVirtualThread(this::serve);
    client =
        HttpTransport.open(
            ClientConfig.cleartext(URI.create("http://127.0.0.1:" + listener.getLocalPort())),
            1_024,
            null);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    listener.close();
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = listener.accept();
        int number = connections.incrementAndGet();
        Thread.startVirtualThread(() -> speak(socket, number));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  /** Answers the first request of a connection with GOAWAY and closes it, or with 204. */
  private void speak(Socket socket, int number) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      in.skipNBytes(PREFACE_BYTES);
      frame(out, SETTINGS, 0, 0, new byte[0]);
      while (true) {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        in.readUnsignedByte();
        int stream = in.readInt();
        in.skipNBytes(length);
        if (type == HEADERS && number >= answersFrom) {
          frame(out, HEADERS, 0x5, stream, new byte[] {(byte) 0x89}); // :status 204, the end
        } else if (type == HEADERS) {
          byte[] payload = {0, 0, 0, (byte) lastStream, 0, 0, 0, 0};
          frame(out, GOAWAY, 0, 0, payload);
          socket.shutdownOutput();
          return;
        }
      }
    } catch (IOException gone) {
      // the client has closed
    }
  }

  private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    out.flush();
  }

  private HttpReply post() throws TransportFailure {
    return client.send(new HttpCall("POST", "/things", Map.of(), Bytes.utf8("{}")), TIME);
  }

  @Test
  void whatThePeerHasNotLookedAtWasNeverProcessed() {
    lastStream = 0;
    assertThatThrownBy(this::post)
        .isInstanceOfSatisfying(
            TransportFailure.class,
            failure -> assertThat(failure.neverProcessed()).as(failure.toString()).isTrue());
  }

  @Test
  void whatItMayHaveLookedAtMayHaveBeenProcessed() {
    lastStream = Byte.MAX_VALUE;
    assertThatThrownBy(this::post)
        .isInstanceOfSatisfying(
            TransportFailure.class,
            failure -> assertThat(failure.neverProcessed()).as(failure.toString()).isFalse());
  }

  @Test
  void theNextRequestTakesAnotherConnection() throws Exception {
    answersFrom = 2;
    assertThatThrownBy(this::post).isInstanceOf(TransportFailure.class);
    assertThat(post().status()).isEqualTo(204);
    assertThat(connections).hasValue(2);
  }
}
