package io.aipaging.eval.enforcement;

import io.aipaging.eval.Commits;
import io.aipaging.lab.Packet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One lease that is left to run out. */
record Run(Case what, String ue, Commits.Lease lease, Instant exp) {
  private static final int CARRIED_MIN = 20;
  private static final int TRIED_MIN = 3;

  /**
   * What came of it.
   *
   * @param tried packets that arrived from the UE or its anchor after {@code exp}
   * @param after packets carried after {@code exp}, either way
   * @param cut how long before {@code exp} the gate was first seen closed
   * @param last how long before {@code exp} a packet was carried last
   */
  record Outcome(Case what, int tried, int after, Duration cut, Duration last) {}

  /** Reads the outcome from what was seen of all runs. */
  Outcome outcome(Watches.Seen seen) throws IOException {
    List<Packet> carried = seen.carried().stream().filter(this::isMine).toList();
    if (carried.size() < CARRIED_MIN) {
      throw new IOException(what.title() + ": only " + carried.size() + " packets were carried");
    }
    Instant last = carried.getLast().at();
    Instant lastUp =
        carried.stream()
            .filter(packet -> packet.source().equals(ue))
            .map(Packet::at)
            .reduce(Instant.MIN, (before, at) -> at);
    Instant refused =
        seen.asked().stream()
            .filter(packet -> packet.source().equals(ue))
            .map(Packet::at)
            .filter(at -> at.isAfter(lastUp))
            .findFirst()
            .orElse(last); // It was never seen closed: what came after the end says so.
    int tried = late(seen.asked());
    if (tried < TRIED_MIN) {
      throw new IOException(what.title() + ": only " + tried + " packets were tried after exp");
    }
    return new Outcome(
        what, tried, late(carried), Duration.between(refused, exp), Duration.between(last, exp));
  }

  private int late(List<Packet> packets) {
    return (int)
        packets.stream().filter(this::isMine).filter(packet -> packet.at().isAfter(exp)).count();
  }

  private boolean isMine(Packet packet) {
    return packet.source().equals(ue) || packet.destination().equals(ue);
  }
}
