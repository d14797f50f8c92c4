package io.aipaging.pcfadapter.qosbinding;

import java.util.List;

/**
 * Remembers bindings over a restart, so that nothing made at the core is forgotten. Methods throw
 * {@link java.io.UncheckedIOException} when the medium fails; after that every write fails.
 */
public interface BindingJournal extends AutoCloseable {
  /** The last written state of every binding not forgotten; called once, before any write. */
  List<Binding> replay();

  /**
   * Writes a state; durable against a power cut when this returns for {@link Binding.Held} and
   * {@link Binding.Confirmed}, against the death of this process for every other.
   */
  void write(Binding state);

  /** Forgets a binding. */
  void forget(String bindingRef);

  @Override
  void close();
}
