package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.fixture.Shelf;
import io.aipaging.sbi.fixture.Shelf.Wire;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S-60, S-62, S-63 and S-65 of the checklist, frame by frame. */
class Http2LimitsIT {
  private static final int HEADERS = 0x1;
  private static final int RST_STREAM = 0x3;
  private static final int SETTINGS = 0x4;
  private static final int GOAWAY = 0x7;
  private static final int CONTINUATION = 0x9;
  private static final int END_OF_STREAM_AND_HEADERS = 0x5;
  private static final int SETTING_STREAMS = 0x3;
  private static final int SETTING_HEADER_LIST = 0x6;

  /** GET / http x, by the static table. */
  private static final byte[] GET = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'};

  private static final byte[] CANCEL = {0, 0, 0, 8};
  private static final byte[] NOTHING = {};

  @TempDir Path folder;
  private Shelf shelf;

  @BeforeEach
  void start() throws Exception {
    shelf = Shelf.start(Wire.H2C, folder);
  }

  @AfterEach
  void othersAreStillServed() {
    try {
      assertThat(shelf.send("GET", "/nthing-shelf/v1/things", null).status()).isEqualTo(200);
    } finally {
      shelf.close();
    }
  }

  @Test
  void theLimitsAreAnnounced() throws Exception {
    try (Peer peer = new Peer(shelf.port())) {
      assertThat(peer.settings())
          .containsEntry(SETTING_STREAMS, 100)
          .containsEntry(SETTING_HEADER_LIST, 16_384);
    }
  }

  @Test
  void aPeerThatKeepsResettingIsCutOff() throws Exception {
    try (Peer peer = new Peer(shelf.port())) {
      for (int stream = 1; stream < 4_000; stream += 2) {
        peer.send(HEADERS, END_OF_STREAM_AND_HEADERS, stream, GET);
        peer.send(RST_STREAM, 0, stream, CANCEL);
      }
      assertThat(peer.isToldToGoAway()).isTrue();
    }
  }

  @Test
  void aPeerWhoseHeadersNeverEndIsCutOff() throws Exception {
    try (Peer peer = new Peer(shelf.port())) {
      peer.send(HEADERS, 0x1, 1, GET);
      for (int i = 0; i < 5_000; i++) {
        peer.send(CONTINUATION, 0, 1, NOTHING);
      }
      assertThat(peer.isToldToGoAway()).isTrue();
    }
  }

  @Test
  void aPeerThatGrowsItsHeadersByReferenceIsCutOff() throws Exception {
    byte[] bomb = new byte[4_020 + 8_000];
    bomb[0] = 0x40;
    bomb[1] = 1;
    bomb[2] = 'a';
    bomb[3] = 0x7f;
    bomb[4] = (byte) 0x80 | (3_900 - 127) % 128;
    bomb[5] = (byte) ((3_900 - 127) / 128);
    java.util.Arrays.fill(bomb, 6, 6 + 3_900, (byte) 'b');
    java.util.Arrays.fill(bomb, 6 + 3_900, bomb.length, (byte) 0xbe);
    try (Peer peer = new Peer(shelf.port())) {
      peer.send(HEADERS, END_OF_STREAM_AND_HEADERS, 1, bomb);
      assertThat(peer.isToldToGoAwayOrReset()).isTrue();
    }
  }

  /** A peer that writes frames as it likes. */
  private static final class Peer implements AutoCloseable {
    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    Peer(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(10_000);
      out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
      in = new DataInputStream(socket.getInputStream());
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      send(SETTINGS, 0, 0, NOTHING);
      out.flush();
    }

    /** What has been cut off already cannot be written to, which is what the tests look for. */
    void send(int type, int flags, int stream, byte[] payload) {
      try {
        out.writeShort(payload.length >> 8);
        out.writeByte(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
      } catch (IOException cutOff) {
        // Seen when reading.
      }
    }

    Map<Integer, Integer> settings() throws IOException {
      ByteBuffer payload = ByteBuffer.wrap(frame(SETTINGS));
      Map<Integer, Integer> settings = new HashMap<>();
      while (payload.hasRemaining()) {
        settings.put((int) payload.getShort(), payload.getInt());
      }
      return settings;
    }

    boolean isToldToGoAway() {
      return sees(false);
    }

    boolean isToldToGoAwayOrReset() {
      return sees(true);
    }

    private boolean sees(boolean resetToo) {
      try {
        out.flush();
      } catch (IOException cutOff) {
        return true;
      }
      try {
        while (true) {
          int type = next().type();
          if (type == GOAWAY || (resetToo && type == RST_STREAM)) {
            return true;
          }
        }
      } catch (java.net.SocketTimeoutException nothing) {
        return false;
      } catch (IOException cutOff) {
        return true;
      }
    }

    private byte[] frame(int type) throws IOException {
      Frame frame = next();
      while (frame.type() != type) {
        frame = next();
      }
      return frame.payload();
    }

    private Frame next() throws IOException {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      int type = in.readUnsignedByte();
      in.readUnsignedByte();
      in.readInt();
      return new Frame(type, in.readNBytes(length));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private record Frame(int type, byte[] payload) {}
}
