package io.aipaging.simulation.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place with clocks where one process runs, life after life. */
public final class Node {
  private final Timeline timeline;
  private final String name;
  private final NodeClock clock;
  private final List<Runnable> held = new ArrayList<>();
  private boolean frozen;
  private long mishaps;
  private long lastMishap = -1;
  private @Nullable Life life;

  /** A node on which nothing runs. */
  public Node(Timeline timeline, String name, NodeClock clock) {
    this.timeline = timeline;
    this.name = name;
    this.clock = clock;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its clocks. */
  public NodeClock clock() {
    return clock;
  }

  /** The life under way, or null while its process is dead. */
  public @Nullable Life life() {
    return life;
  }

  /** Whether its process runs, frozen or not. */
  public boolean isUp() {
    return life != null;
  }

  /** Whether its process is stopped ({@code SIGSTOP}): its clocks go on. */
  public boolean isFrozen() {
    return frozen;
  }

  /** Its process begins again, with nothing in memory; it waits for its time service first. */
  public Life begin() {
    crash();
    mishap();
    clock.setRight();
    Life next = new Life(this);
    life = next;
    return next;
  }

  /** Its process is killed at once, between two of its steps. */
  public void crash() {
    if (life != null) {
      life.end();
      life = null;
      mishap();
    }
    frozen = false;
    held.clear();
  }

  /** Something went wrong here that may cost it what it carries or admits. */
  public void mishap() {
    mishaps++;
    lastMishap = timeline.now();
  }

  /** How often something went wrong here. */
  public long mishaps() {
    return mishaps;
  }

  /** When something went wrong last, ns; negative when nothing ever did. */
  public long lastMishap() {
    return lastMishap;
  }

  /** Stops its process where it is. */
  public void freeze() {
    frozen = true;
  }

  /** Lets its process go on with everything it missed. */
  public void thaw() {
    frozen = false;
    List<Runnable> missed = List.copyOf(held);
    held.clear();
    missed.forEach(action -> timeline.after(0, life, action));
  }

  boolean holdsBack(Runnable action) {
    if (frozen) {
      held.add(action);
    }
    return frozen;
  }
}
