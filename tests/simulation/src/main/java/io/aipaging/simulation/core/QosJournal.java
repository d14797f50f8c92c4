package io.aipaging.simulation.core;

import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Effects;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the QoS adapter remembers over its lives. */
public final class QosJournal {
  private static final long MICRO = 1_000;
  private final Effects effects;
  private final Chance chance;
  private final Map<String, Entry> entries = new TreeMap<>();

  /** Nothing is remembered. */
  public QosJournal(Effects effects, Chance chance) {
    this.effects = effects;
    this.chance = chance;
  }

  /** The states of a binding. */
  public enum State {
    /** The create is on its way. */
    CREATING,
    /** Deleted at {@link Entry#until} unless confirmed before. */
    HELD,
    /** Serves a session until {@link Entry#until}. */
    CONFIRMED,
    /** Being deleted. */
    ENDING,
    /** Gone at the core. */
    ENDED,
    /** The core no longer shows it; it may be asked for again. */
    DROPPED,
    /** The core may hold something nobody can name. */
    LOST
  }

  /**
   * One binding.
   *
   * @param bindingRef its reference
   * @param qosReference what was asked for
   * @param appSession id at the core, 0 while not known
   * @param state where it is
   * @param until see {@link State}
   */
  public record Entry(
      String bindingRef, String qosReference, long appSession, State state, Instant until) {
    Entry in(State next, Instant end) {
      return new Entry(bindingRef, qosReference, appSession, next, end);
    }
  }

  /** Every binding. */
  public List<Entry> all() {
    return List.copyOf(entries.values());
  }

  /** Whether it remembers the binding. */
  public boolean names(String bindingRef) {
    return entries.containsKey(bindingRef);
  }

  @Nullable Entry get(String bindingRef) {
    return entries.get(bindingRef);
  }

  void put(Entry entry) {
    entries.put(entry.bindingRef(), entry);
  }

  /** Returns when it survives; the running coroutine waits. */
  void putDurably(Entry entry) {
    entries.put(entry.bindingRef(), entry);
    effects.pass("qos.journal", chance.between(50 * MICRO, 3_000 * MICRO));
  }

  void remove(String bindingRef) {
    entries.remove(bindingRef);
  }
}
