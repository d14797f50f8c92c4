package io.aipaging.eval.relocation;

import io.aipaging.eval.Site;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;

/** A UE's numbered datagrams, one each millisecond over one socket, and their answers. */
final class UdpTraffic implements AutoCloseable {
  private static final long PACE_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final DatagramSocket socket;
  private final BitSet answered = new BitSet();
  private volatile boolean ending;
  private int sent;

  /** Opens the socket; the calling thread is in the UEs' namespace. */
  UdpTraffic(String ue) throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(ue), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral(Site.service()), Site.PORT));
    Thread.ofPlatform().daemon().name("answers to " + ue).start(this::receive);
  }

  /** Sends on the calling thread until told to end, and waits for what is under way. */
  void send() {
    for (long due = System.nanoTime(); !ending; due += PACE_NANOS) {
      try {
        byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(sent).array();
        socket.send(new DatagramPacket(number, number.length));
      } catch (IOException refused) {
        // A refusal of an earlier one; this one was not sent and counts as lost.
      }
      sent++;
      due = Math.max(due, System.nanoTime() - PACE_NANOS);
      LockSupport.parkNanos(due + PACE_NANOS - System.nanoTime());
    }
    LockSupport.parkNanos(PATIENCE_NANOS);
  }

  private void receive() {
    while (!socket.isClosed()) {
      try {
        DatagramPacket answer = new DatagramPacket(new byte[Integer.BYTES], Integer.BYTES);
        socket.receive(answer);
        synchronized (answered) {
          answered.set(ByteBuffer.wrap(answer.getData()).getInt());
        }
      } catch (IOException refused) {
        // A refusal: its number stays unanswered.
      }
    }
  }

  void end() {
    ending = true;
  }

  /** How many were sent; right once {@link #send} has returned. */
  int sent() {
    return sent;
  }

  /** How many of them were not answered. */
  int lost() {
    synchronized (answered) {
      return sent - answered.cardinality();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
