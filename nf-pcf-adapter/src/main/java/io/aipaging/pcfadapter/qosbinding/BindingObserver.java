package io.aipaging.pcfadapter.qosbinding;

import org.jspecify.annotations.Nullable;

/** Told what operators want to see; implementations must not block. */
public interface BindingObserver {
  /** The core accepted a binding. */
  void held(String bindingRef);

  /** A binding is gone at the core. */
  void ended(String bindingRef, String reason);

  /** The core refused a binding. */
  void refused(String bindingRef, String cause);

  /**
   * The core said something of a binding without being asked.
   *
   * @param cause the core's word for it, or null
   */
  void toldByCore(String bindingRef, CoreWord word, @Nullable String cause);

  /** A create's answer was lost: the core may hold something nobody can name. */
  void lost(String bindingRef, String detail);

  /** A delete failed and will be tried again. */
  void deletionFailed(String bindingRef, int attempts, String detail);

  /** The journal was written. */
  default void journalWritten() {}

  /** The journal could not be written; bindings go on, but a restart may not know them. */
  void journalFailed(String bindingRef, String detail);
}
