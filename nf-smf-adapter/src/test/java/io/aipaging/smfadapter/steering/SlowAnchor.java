package io.aipaging.smfadapter.steering;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Answers each datagram with itself and its own name after a while, so that some are under way. */
public final class SlowAnchor implements AutoCloseable {
  static final int THINKS_MILLIS = 30;

  private static final int SIZE_MAX = 64;

  private final char name;
  private final DatagramSocket socket;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

  /** Begins to answer under a name. */
  public SlowAnchor(char name, DatagramSocket socket) {
    this.name = name;
    this.socket = socket;
    Thread.ofPlatform().daemon().start(this::answerAll);
  }

  private void answerAll() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[SIZE_MAX], SIZE_MAX - 1);
        socket.receive(packet);
        packet.getData()[packet.getLength()] = (byte) name;
        packet.setLength(packet.getLength() + 1);
        var _ = later.schedule(() -> answer(packet), THINKS_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void answer(DatagramPacket packet) {
    try {
      socket.send(packet);
    } catch (IOException lost) {
      // The UE counts it.
    }
  }

  @Override
  public void close() {
    socket.close();
    later.shutdownNow();
  }
}
