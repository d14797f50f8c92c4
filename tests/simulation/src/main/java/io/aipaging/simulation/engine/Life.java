package io.aipaging.simulation.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One life of a node's process: from a start to a crash. What it serves is gone with it. */
public final class Life {
  private final Node node;
  private final Map<Class<?>, Object> services = new HashMap<>();
  private final List<Runnable> endings = new ArrayList<>();
  private boolean on = true;

  Life(Node node) {
    this.node = node;
  }

  /** Where. */
  public Node node() {
    return node;
  }

  /** Whether it goes on. */
  public boolean isOn() {
    return on;
  }

  void end() {
    on = false;
    endings.forEach(Runnable::run);
    endings.clear();
  }

  /** What the world does when it ends, such as closing its connections. */
  public void atEnd(Runnable ending) {
    endings.add(ending);
  }

  /** As if {@link #atEnd} had never been called with {@code ending}. */
  public void notAtEnd(Runnable ending) {
    endings.remove(ending);
  }

  /** From now on it serves {@code contract}. */
  public <S> void serve(Class<S> contract, S service) {
    services.put(contract, service);
  }

  /** What serves {@code contract}, or null. */
  public <S> @Nullable S service(Class<S> contract) {
    return contract.cast(services.get(contract));
  }
}
