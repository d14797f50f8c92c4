package io.aipaging.lab;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Records the packets of one service at one device, to prove when the last one passed. Keeps the
 * newest {@value #PACKETS_MAX}; what it had to forget or the kernel had to drop is counted.
 */
public final class PacketWatch implements AutoCloseable {
  /** How many packets are kept. */
  public static final int PACKETS_MAX = 100_000;

  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final PacketSocket socket;
  private final WatchedService service;
  private final FutureTask<Capture> recording = new FutureTask<>(this::record);
  private volatile @Nullable Instant stopAt;

  private PacketWatch(PacketSocket socket, WatchedService service) {
    this.socket = socket;
    this.service = service;
  }

  /**
   * What was seen.
   *
   * @param packets the newest packets, oldest first
   * @param matched how many packets of the service passed
   * @param forgotten how many of them are no longer in {@code packets}
   * @param dropped how many packets of any kind the kernel could not hand over; unless it is 0 the
   *     capture proves no absence
   */
  public record Capture(List<Packet> packets, long matched, long forgotten, long dropped) {
    /** Packets later than {@code instant}. */
    public List<Packet> after(Instant instant) {
      return packets.stream().filter(packet -> packet.at().isAfter(instant)).toList();
    }
  }

  /** Starts recording at {@code device} of {@code namespace}. */
  public static PacketWatch open(Namespace namespace, String device, WatchedService service)
      throws IOException {
    PacketSocket socket = namespace.call(() -> PacketSocket.open(device, PATIENCE));
    PacketWatch watch = new PacketWatch(socket, service);
    Thread.ofPlatform().daemon().name("watch " + device).start(watch.recording);
    return watch;
  }

  /** Ends the recording with the packets that passed until now; repeating it gives them again. */
  public Capture stop() throws IOException {
    if (stopAt == null) {
      stopAt = Instant.now();
    }
    try {
      return recording.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while ending a watch", e);
    } catch (ExecutionException e) {
      throw new IOException("the watch failed", e);
    }
  }

  /** Ends the recording and forgets it. */
  @Override
  public void close() throws IOException {
    stop();
  }

  private Capture record() throws IOException {
    try (socket) {
      ArrayDeque<Packet> newest = new ArrayDeque<>();
      long matched = 0;
      for (boolean ended = false; !ended; ) {
        // Read before receiving: everything up to this instant is then still to be received.
        Instant stop = stopAt;
        PacketSocket.Arrival arrival = socket.receive();
        ended = stop != null && (arrival == null || arrival.at().isAfter(stop));
        Packet packet = arrival == null || ended ? null : read(arrival);
        if (packet != null) {
          matched++;
          newest.addLast(packet);
          if (newest.size() > PACKETS_MAX) {
            newest.removeFirst();
          }
        }
      }
      List<Packet> kept = List.copyOf(newest);
      return new Capture(kept, matched, matched - kept.size(), socket.dropped());
    }
  }

  private @Nullable Packet read(PacketSocket.Arrival arrival) {
    return service.read(arrival.bytes(), arrival.at(), arrival.outgoing());
  }
}
