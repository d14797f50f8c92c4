package io.aipaging.simulators.pcf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The PDU sessions of a core: every address of its prefixes has one until that is ended. */
public final class PduSessionBook {
  /** How those begin who got an address after somebody else. */
  private static final String OTHERS = "imsi-00102";

  private final UePrefixes prefixes;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Set<String> endedAtSmf = ConcurrentHashMap.newKeySet();
  private final Set<String> flowless = ConcurrentHashMap.newKeySet();
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

  /** Addresses in use that anybody has asked for, with their subscribers, as the SMF says. */
  public Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    asked.stream()
        .filter(ue -> !ended.contains(ue) && !endedAtSmf.contains(ue))
        .forEach(ue -> shown.put(ue, supi(ue)));
    return shown;
  }

  /** Whether the address is for certain not that subscriber's. */
  boolean isAnothers(String ue, String supi) {
    String owner = reassigned.getOrDefault(ue, supi);
    return owner.startsWith(OTHERS) && !owner.equals(supi);
  }

  void end(String ue) {
    ended.add(ue);
  }

  /** Over at the SMF, while PCF and BSF still have it. */
  void endAtSmf(String ue) {
    endedAtSmf.add(ue);
  }

  /** The SMF is gone and has lost all it had. */
  void crashSmf() {
    endedAtSmf.addAll(asked);
  }

  /** Whether the SMF carries flows for it. */
  boolean isCarried(String ue) {
    return !flowless.contains(ue) && !endedAtSmf.contains(ue) && !ended.contains(ue);
  }

  /** The SMF has lost what flows it had, or carries them again. */
  void lose(String ue, boolean lost) {
    if (lost) {
      flowless.add(ue);
    } else {
      flowless.remove(ue);
    }
  }

  void reassign(String ue) {
    reassigned.put(ue, OTHERS + "%010d".formatted(others.incrementAndGet()));
  }
}
