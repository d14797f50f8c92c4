package io.aipaging.simulators.pcf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The PDU sessions of a core: every address of its prefixes has one until that is ended. */
public final class PduSessionBook {
  private final UePrefixes prefixes;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Map<String, String> reassigned = new ConcurrentHashMap<>();
  private final AtomicInteger others = new AtomicInteger();

  /** Of UEs with such addresses. */
  public PduSessionBook(List<String> prefixes) {
    this.prefixes = new UePrefixes(prefixes);
  }

  /** Whether a UE has that address now. */
  public boolean has(String ue) {
    boolean there = prefixes.contain(ue) && !ended.contains(ue);
    if (there) {
      asked.add(ue);
    }
    return there;
  }

  /** Whose it is: always the same subscriber's, unless it is given to another. */
  public String supi(String ue) {
    return reassigned.computeIfAbsent(
        ue, _ -> "imsi-00101%010d".formatted(Integer.toUnsignedLong(ue.hashCode())));
  }

  /** Addresses in use that anybody has asked for, with their subscribers. */
  public Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    asked.stream().filter(ue -> !ended.contains(ue)).forEach(ue -> shown.put(ue, supi(ue)));
    return shown;
  }

  void end(String ue) {
    ended.add(ue);
  }

  void reassign(String ue) {
    reassigned.put(ue, "imsi-00102%010d".formatted(others.incrementAndGet()));
  }
}
