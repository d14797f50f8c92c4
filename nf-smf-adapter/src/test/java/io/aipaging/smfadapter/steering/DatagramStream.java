package io.aipaging.smfadapter.steering;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A UE that sends a numbered datagram every millisecond and notes who answers which. */
public final class DatagramStream implements AutoCloseable {
  private static final long EVERY_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final int ANSWER_BYTES = Integer.BYTES + 1;

  private final DatagramSocket socket;
  private final Map<Integer, Character> answered = new ConcurrentHashMap<>();
  private final List<IOException> refused = new ArrayList<>();
  private final Thread sending;
  private volatile boolean ending;
  private volatile int sent;

  /** Begins to send over a connected socket, which it closes in the end. */
  public DatagramStream(DatagramSocket socket) {
    this.socket = socket;
    Thread.ofPlatform().daemon().start(this::receiveAll);
    this.sending = Thread.ofPlatform().daemon().start(this::sendAll);
  }

  private void sendAll() {
    for (long due = System.nanoTime(); !ending; due += EVERY_NANOS) {
      try {
        byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(sent).array();
        socket.send(new DatagramPacket(number, number.length));
      } catch (IOException e) {
        refused.add(e);
      }
      sent++;
      LockSupport.parkNanos(due + EVERY_NANOS - System.nanoTime());
    }
  }

  private void receiveAll() {
    while (!socket.isClosed()) {
      try {
        DatagramPacket answer = new DatagramPacket(new byte[ANSWER_BYTES], ANSWER_BYTES);
        socket.receive(answer);
        ByteBuffer bytes = ByteBuffer.wrap(answer.getData());
        answered.put(bytes.getInt(), (char) bytes.get());
      } catch (IOException e) {
        // A refusal: the number stays unanswered.
      }
    }
  }

  /** Who answered the last datagram that has an answer; 0 for nobody. */
  public char lastAnswerer() {
    for (int number = sent - 1; number >= 0; number--) {
      Character who = answered.get(number);
      if (who != null) {
        return who;
      }
    }
    return 0;
  }

  /** Stops sending; the numbers that got no answer although there was time. */
  public List<Integer> endedWithout() throws InterruptedException {
    ending = true;
    sending.join();
    long patience = System.nanoTime() + PATIENCE_NANOS;
    while (answered.size() < sent && System.nanoTime() < patience) {
      LockSupport.parkNanos(EVERY_NANOS);
    }
    List<Integer> missing = new ArrayList<>();
    for (int number = 0; number < sent; number++) {
      if (!answered.containsKey(number)) {
        missing.add(number);
      }
    }
    return missing;
  }

  @Override
  public void close() {
    ending = true;
    socket.close();
  }
}
