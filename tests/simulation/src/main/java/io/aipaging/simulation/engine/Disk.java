package io.aipaging.simulation.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of lines that survives its process. A line that was written and not synced survives the
 * process too; over a power cut it may be there or not.
 */
public final class Disk {
  private static final long MICRO = 1_000;
  private final Effects effects;
  private final Chance chance;
  private final double fails;
  private final Runnable mishap;
  private final List<String> synced = new ArrayList<>();
  private final List<String> unsynced = new ArrayList<>();
  private boolean powerCut;

  /**
   * An empty file.
   *
   * @param fails probability that a write fails
   * @param mishap told when one does
   */
  public Disk(Effects effects, Chance chance, double fails, Runnable mishap) {
    this.effects = effects;
    this.chance = chance;
    this.fails = fails;
    this.mishap = mishap;
  }

  /** What a process finds that begins now. */
  public List<String> recover() {
    boolean all = !powerCut || unsynced.isEmpty();
    int kept = all ? unsynced.size() : chance.below(unsynced.size() + 1);
    powerCut = false;
    synced.addAll(unsynced.subList(0, kept));
    unsynced.clear();
    return List.copyOf(synced);
  }

  /** The machine loses power. */
  public void cutPower() {
    powerCut = true;
  }

  /** Lines now. */
  public int lines() {
    return synced.size() + unsynced.size();
  }

  /** Appends and syncs; the running coroutine waits. */
  public void append(List<String> lines) {
    write(lines);
    effects.pass("disk.sync", chance.between(50 * MICRO, 4_000 * MICRO));
    synced.addAll(unsynced);
    unsynced.clear();
  }

  /** Appends and does not wait for the disk. */
  public void write(List<String> lines) {
    effects.pass("disk.write", chance.between(MICRO, 50 * MICRO));
    unsynced.addAll(lines);
    if (effects.troubled() && chance.hit(fails)) {
      mishap.run();
      unsynced.subList(unsynced.size() - lines.size(), unsynced.size()).clear();
      throw new UncheckedIOException(new IOException("simulated"));
    }
  }

  /** Replaces everything, atomically. */
  public void rewrite(List<String> lines) {
    effects.pass("disk.rewrite", chance.between(50 * MICRO, 4_000 * MICRO));
    synced.clear();
    unsynced.clear();
    synced.addAll(lines);
  }
}
