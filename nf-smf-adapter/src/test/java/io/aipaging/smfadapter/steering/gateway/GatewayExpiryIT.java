package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.smfadapter.steering.Grant;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing is carried after the end of a grant. Streams carry the time at which each of their parts
 * was sent, so a part sent after the deadline that arrives is a breach, however slow the machine.
 */
@Timeout(60)
class GatewayExpiryIT {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final long MILLISECOND_NANOS = 1_000_000;

  @Test
  void nothingThatAUeSendsAfterTheDeadlineArrives() throws Exception {
    List<Long> arrived = new CopyOnWriteArrayList<>();
    try (ScriptedAnchor anchor = ScriptedAnchor.open((socket, _) -> collect(socket, arrived));
        LoopbackGate gate = LoopbackGate.open()) {
      long deadline = carryShortly(gate, anchor.port(), Transport.TCP);
      try (Socket ue = gate.connect(1)) {
        assertThatThrownBy(() -> sendEveryMillisecond(ue)).isInstanceOf(IOException.class);
      }
      assertThat(System.nanoTime()).isGreaterThan(deadline - SHORT.toNanos());
      assertThat(arrived).hasSizeGreaterThan(20).allMatch(sent -> sent - deadline < 0);
    }
  }

  @Test
  void nothingThatAnAnchorSendsAfterTheDeadlineArrives() throws Exception {
    List<Long> arrived = new CopyOnWriteArrayList<>();
    try (ScriptedAnchor anchor = ScriptedAnchor.open((socket, _) -> sendEveryMillisecond(socket));
        LoopbackGate gate = LoopbackGate.open()) {
      long deadline = carryShortly(gate, anchor.port(), Transport.TCP);
      try (Socket ue = gate.connect(1)) {
        assertThatThrownBy(() -> collect(ue, arrived)).isInstanceOf(SocketException.class);
      }
      assertThat(arrived).hasSizeGreaterThan(20).allMatch(sent -> sent - deadline < 0);
    }
  }

  @Test
  void noDatagramSentAfterTheDeadlineArrives() throws Exception {
    List<Long> uplink = new CopyOnWriteArrayList<>();
    List<Long> downlink = new CopyOnWriteArrayList<>();
    try (DatagramSocket anchor = new DatagramSocket(0, InetAddress.ofLiteral("127.0.3.1"));
        LoopbackGate gate = LoopbackGate.open();
        DatagramSocket ue = gate.datagrams(1)) {
      Thread answering = Thread.startVirtualThread(() -> answerWithOwnTime(anchor, uplink));
      Thread listening = Thread.startVirtualThread(() -> collect(ue, downlink));
      long deadline = carryShortly(gate, anchor.getLocalPort(), Transport.UDP);
      while (System.nanoTime() - deadline < SHORT.toNanos()) {
        send(ue, System.nanoTime());
        LockSupport.parkNanos(MILLISECOND_NANOS);
      }
      Await.until("datagrams were refused", () -> gate.denied("datagrams") > 0);
      ue.close();
      anchor.close();
      answering.join();
      listening.join();
      assertThat(uplink).hasSizeGreaterThan(20).allMatch(sent -> sent - deadline < 0);
      assertThat(downlink).hasSizeGreaterThan(20).allMatch(sent -> sent - deadline < 0);
    }
  }

  @Test
  void aTimerThatNeverWakesLetsNothingThroughEither() throws Exception {
    List<Long> arrived = new CopyOnWriteArrayList<>();
    try (ScheduledThreadPoolExecutor timer = stuckTimer();
        ScriptedAnchor anchor = ScriptedAnchor.open((socket, _) -> collect(socket, arrived));
        LoopbackGate gate = LoopbackGate.open(GatewayConfig::of, timer)) {
      Flow flow = gate.flow(1, Transport.TCP);
      Grant grant = gate.grant(anchor.port());
      long deadline = gate.carry(flow, grant, SHORT) + SHORT.toNanos();
      try (Socket ue = gate.connect(1)) {
        new DataOutputStream(ue.getOutputStream()).writeLong(1);
        Await.until("the connection is carried", () -> arrived.contains(1L));
        Await.past(deadline);

        new DataOutputStream(ue.getOutputStream()).writeLong(2);

        assertReset(ue);
      }
      assertThat(arrived).containsExactly(1L);
      assertThat(gate.driver().live()).isEmpty();
      gate.assertRefused(1);
      assertThatThrownBy(() -> gate.driver().connectThrough(flow, grant, SHORT))
          .hasMessageContaining("not in force");
    }
  }

  @Test
  void aTimerThatNeverWakesLetsNoDatagramThroughEither() throws Exception {
    try (ScheduledThreadPoolExecutor timer = stuckTimer();
        DatagramSocket anchor = new DatagramSocket(0, InetAddress.ofLiteral("127.0.3.1"));
        LoopbackGate gate = LoopbackGate.open(GatewayConfig::of, timer);
        DatagramSocket ue = gate.datagrams(1)) {
      long deadline = carryShortly(gate, anchor.getLocalPort(), Transport.UDP);
      DatagramPacket asked = new DatagramPacket(new byte[8], 8);
      send(ue, 1);
      anchor.receive(asked);
      Await.past(deadline);

      anchor.send(asked); // Comes too late,
      Await.until("its way is closed", () -> gate.driver().datagramPeers() == 0);
      send(ue, 2); // and so does this.
      Await.until("it was refused", () -> gate.denied("datagrams") == 1);

      anchor.setSoTimeout(1);
      ue.setSoTimeout(1);
      assertThatThrownBy(() -> anchor.receive(asked)).isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> ue.receive(asked)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void anIdleConnectionIsCutAtTheDeadlineThoughNothingElseHappens() throws Exception {
    try (ScriptedAnchor anchor = ScriptedAnchor.echo();
        LoopbackGate gate = LoopbackGate.open()) {
      long deadline = carryShortly(gate, anchor.port(), Transport.TCP);
      try (Socket ue = gate.connect(1)) {
        assertReset(ue);
        assertThat(System.nanoTime() - deadline).isLessThan(Duration.ofSeconds(2).toNanos());
      }
    }
  }

  @Test
  void aConnectionThatIsOverStillLosesItsLastBytesWithTheGrant() throws Exception {
    byte[] answer = new byte[90_000];
    try (ScriptedAnchor anchor =
            ScriptedAnchor.open((socket, _) -> socket.getOutputStream().write(answer));
        LoopbackGate gate = LoopbackGate.open();
        Socket ue = new Socket()) {
      Flow flow = gate.flow(1, Transport.TCP);
      Grant grant = gate.grant(anchor.port());
      gate.carry(flow, grant, LoopbackGate.LONG);
      ue.setReceiveBufferSize(4_096);
      gate.connect(1, ue);
      ue.shutdownOutput();
      Await.until("both directions are over", () -> gate.driver().finishing() == 1);

      gate.end(flow, grant);

      assertThatThrownBy(() -> ue.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aSlowReceiverStillGetsTheLastBytesOfAConnectionThatIsOver() throws Exception {
    byte[] answer = new byte[90_000];
    try (ScriptedAnchor anchor =
            ScriptedAnchor.open((socket, _) -> socket.getOutputStream().write(answer));
        LoopbackGate gate = LoopbackGate.open();
        Socket ue = new Socket()) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      ue.setReceiveBufferSize(4_096);
      gate.connect(1, ue);
      ue.shutdownOutput();
      Await.until("both directions are over", () -> gate.driver().finishing() == 1);

      assertThat(ue.getInputStream().readAllBytes()).isEqualTo(answer);
    }
  }

  @Test
  void aProbeEndsWithItsGrant() throws Exception {
    try (ScriptedAnchor anchor = ScriptedAnchor.echo();
        LoopbackGate gate = LoopbackGate.open()) {
      Flow flow = gate.flow(1, Transport.TCP);
      Grant grant = gate.grant(anchor.port());
      gate.carry(flow, grant, LoopbackGate.LONG);
      try (Socket probe = gate.driver().connectThrough(flow, grant, SHORT)) {
        probe.getOutputStream().write('x');
        assertThat(probe.getInputStream().read()).isEqualTo('x');

        gate.end(flow, grant);

        assertThatThrownBy(() -> probe.getInputStream().read()).isInstanceOf(IOException.class);
      }
    }
  }

  private static long carryShortly(LoopbackGate gate, int anchorPort, Transport transport)
      throws Exception {
    return gate.carry(gate.flow(1, transport), gate.grant(anchorPort), SHORT) + SHORT.toNanos();
  }

  private static ScheduledThreadPoolExecutor stuckTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
    timer.execute(
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
          }
        });
    return timer;
  }

  private static void assertReset(Socket ue) {
    assertThatThrownBy(() -> ue.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  private static void sendEveryMillisecond(Socket socket) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    while (true) {
      out.writeLong(System.nanoTime());
      LockSupport.parkNanos(MILLISECOND_NANOS);
    }
  }

  private static void collect(Socket socket, List<Long> arrived) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      arrived.add(in.readLong());
    }
  }

  private static void send(DatagramSocket socket, long value) throws IOException {
    socket.send(new DatagramPacket(ByteBuffer.allocate(8).putLong(value).array(), 8));
  }

  private static void answerWithOwnTime(DatagramSocket anchor, List<Long> arrived) {
    DatagramPacket packet = new DatagramPacket(new byte[8], 8);
    try {
      while (true) {
        anchor.receive(packet);
        arrived.add(ByteBuffer.wrap(packet.getData()).getLong());
        ByteBuffer.wrap(packet.getData()).putLong(System.nanoTime());
        anchor.send(packet);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void collect(DatagramSocket ue, List<Long> arrived) {
    DatagramPacket packet = new DatagramPacket(new byte[8], 8);
    try {
      while (true) {
        ue.receive(packet);
        arrived.add(ByteBuffer.wrap(packet.getData()).getLong());
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }
}
