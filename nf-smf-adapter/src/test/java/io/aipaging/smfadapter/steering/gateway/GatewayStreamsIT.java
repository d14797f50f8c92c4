package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.gateway.ScriptedAnchor.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayStreamsIT {
  private static final int BULK_BYTES = 16 << 20;
  private static final int PART_BYTES = 8_192;

  /** Far above what two test sockets and the gateway may hold, far below the bulk. */
  private static final int HELD_BYTES_MAX = 3 << 20;

  @Test
  void aUeThatDoesNotReadHoldsBackItsAnchorAndLosesNothing() throws Exception {
    byte[] bulk = bulk();
    AtomicLong sent = new AtomicLong();
    Script sending =
        (socket, _) -> {
          socket.setSendBufferSize(PART_BYTES);
          send(socket.getOutputStream(), bulk, sent);
        };
    try (ScriptedAnchor anchor = ScriptedAnchor.open(sending);
        LoopbackGate gate = LoopbackGate.open();
        Socket ue = new Socket()) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      ue.setReceiveBufferSize(PART_BYTES);
      gate.connect(1, ue);

      assertThat(Await.settled(sent::get)).isPositive().isLessThan(HELD_BYTES_MAX);

      assertThat(ue.getInputStream().readAllBytes()).isEqualTo(bulk);
    }
  }

  @Test
  void anAnchorThatDoesNotReadHoldsBackItsUeAndLosesNothing() throws Exception {
    byte[] bulk = bulk();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    Script reading =
        (socket, _) -> {
          goOn.join();
          received.complete(socket.getInputStream().readAllBytes());
        };
    try (ScriptedAnchor anchor = ScriptedAnchor.open(reading);
        LoopbackGate gate = LoopbackGate.open();
        Socket ue = new Socket()) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      ue.setSendBufferSize(PART_BYTES);
      gate.connect(1, ue);
      AtomicLong sent = new AtomicLong();
      Thread sending = Thread.startVirtualThread(() -> sendToEnd(ue, bulk, sent));

      assertThat(Await.settled(sent::get)).isPositive().isLessThan(BULK_BYTES / 2);

      goOn.complete(null);
      assertThat(received.get()).isEqualTo(bulk);
      sending.join();
    }
  }

  @Test
  void aUeThatHasSaidEverythingStillHearsTheAnswer() throws Exception {
    Script answering =
        (socket, _) -> {
          int length = socket.getInputStream().readAllBytes().length;
          socket.getOutputStream().write(text("heard " + length));
        };
    try (ScriptedAnchor anchor = ScriptedAnchor.open(answering);
        LoopbackGate gate = LoopbackGate.open()) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      try (Socket ue = gate.connect(1)) {
        ue.getOutputStream().write(text("question"));
        ue.shutdownOutput();

        assertThat(ue.getInputStream().readAllBytes()).isEqualTo(text("heard 8"));
      }
    }
  }

  @Test
  void anAnchorThatHasSaidEverythingStillHearsTheUe() throws Exception {
    CompletableFuture<byte[]> heard = new CompletableFuture<>();
    Script greeting =
        (socket, _) -> {
          socket.getOutputStream().write(text("greeting"));
          socket.shutdownOutput();
          heard.complete(socket.getInputStream().readAllBytes());
        };
    try (ScriptedAnchor anchor = ScriptedAnchor.open(greeting);
        LoopbackGate gate = LoopbackGate.open()) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      try (Socket ue = gate.connect(1)) {
        assertThat(ue.getInputStream().readAllBytes()).isEqualTo(text("greeting"));
        ue.getOutputStream().write(text("reply"));
        ue.shutdownOutput();

        assertThat(heard.get()).isEqualTo(text("reply"));
      }
    }
  }

  @Test
  void aBrokenAnswerDoesNotLookComplete() throws Exception {
    Script breaking =
        (socket, _) -> {
          socket.getOutputStream().write(text("half"));
          socket.getInputStream().read();
          socket.setSoLinger(true, 0);
        };
    try (ScriptedAnchor anchor = ScriptedAnchor.open(breaking);
        LoopbackGate gate = LoopbackGate.open()) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      try (Socket ue = gate.connect(1)) {
        InputStream in = ue.getInputStream();
        assertThat(in.readNBytes(4)).isEqualTo(text("half"));
        ue.getOutputStream().write('x');

        assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
      }
    }
  }

  @Test
  void anAnchorThatRefusesResetsTheUe() throws Exception {
    int nobody = LoopbackGate.freePort();
    try (LoopbackGate gate = LoopbackGate.open()) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(nobody), LoopbackGate.LONG);
      gate.assertRefused(1);
    }
  }

  @Test
  void anAnchorThatDoesNotAnswerIsWaitedForOnlySoLong() throws Exception {
    try (SilentAnchor anchor = new SilentAnchor();
        LoopbackGate gate = LoopbackGate.open(waitingFor(Duration.ofMillis(300)))) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      gate.assertRefused(1);
    }
  }

  @Test
  void theEndOfAGrantEndsEvenTheWaitForItsAnchor() throws Exception {
    try (SilentAnchor anchor = new SilentAnchor();
        LoopbackGate gate = LoopbackGate.open(waitingFor(Duration.ofHours(1)))) {
      Flow flow = gate.flow(1, Transport.TCP);
      Grant grant = gate.grant(anchor.port());
      gate.carry(flow, grant, LoopbackGate.LONG);
      try (Socket ue = gate.connect(1)) {
        Await.until("it waits for the anchor", () -> Threads.areIn("blockingConnect"));

        gate.end(flow, grant);

        assertThatThrownBy(() -> ue.getInputStream().read()).isInstanceOf(SocketException.class);
      }
    }
  }

  private static LoopbackGate.Bounds waitingFor(Duration connectTimeout) {
    return services ->
        new GatewayConfig(services, 8, 8, 8, PART_BYTES, connectTimeout, Duration.ofSeconds(30));
  }

  private static byte[] bulk() {
    byte[] bulk = new byte[BULK_BYTES];
    new Random(25).nextBytes(bulk);
    return bulk;
  }

  private static void send(OutputStream out, byte[] bulk, AtomicLong sent) throws IOException {
    for (int from = 0; from < bulk.length; from += PART_BYTES) {
      out.write(bulk, from, PART_BYTES);
      sent.addAndGet(PART_BYTES);
    }
  }

  private static void sendToEnd(Socket ue, byte[] bulk, AtomicLong sent) {
    try {
      send(ue.getOutputStream(), bulk, sent);
      ue.shutdownOutput();
    } catch (IOException broken) {
      // What has arrived shows it.
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Listens, but its queue is full: whoever connects hears nothing. */
  private static final class SilentAnchor implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Socket> queued = new ArrayList<>();

    SilentAnchor() throws IOException {
      listening = new ServerSocket(0, 1, InetAddress.ofLiteral(LoopbackGate.ANCHORS));
      boolean room = true;
      while (room) {
        Socket socket = new Socket();
        queued.add(socket);
        try {
          socket.connect(listening.getLocalSocketAddress(), 300);
        } catch (IOException full) {
          room = false;
        }
      }
    }

    int port() {
      return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : queued) {
        socket.close();
      }
      listening.close();
    }
  }
}
