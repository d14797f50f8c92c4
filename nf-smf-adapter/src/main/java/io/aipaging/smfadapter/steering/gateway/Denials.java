package io.aipaging.smfadapter.steering.gateway;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was refused. */
final class Denials {
  private final LongAdder connections = new LongAdder();
  private final LongAdder datagrams = new LongAdder();
  private final LongAdder overload = new LongAdder();

  void connection() {
    connections.increment();
  }

  void datagram() {
    datagrams.increment();
  }

  void overload() {
    overload.increment();
  }

  Map<String, Long> byKind() {
    return new TreeMap<>(
        Map.of(
            "connections", connections.sum(),
            "datagrams", datagrams.sum(),
            "overload", overload.sum()));
  }
}
