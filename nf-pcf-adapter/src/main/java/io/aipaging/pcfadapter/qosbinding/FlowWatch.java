package io.aipaging.pcfadapter.qosbinding;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether the flows of bindings are really there, at a core that shows flows and tells nobody of
 * them. A list does not say which flow is whose: all are there where there are as many as app
 * sessions, and none is where there is none; what lies between says nothing. One look may meet a
 * change half done, so two in a row have to agree. Not thread-safe.
 */
final class FlowWatch {
  /** What is told as the cause of a flow that is not there. */
  static final String MISSING = "NO_QOS_FLOW";

  private final BindingObserver observer;
  private final Map<String, Seen> byRef = new HashMap<>();

  FlowWatch(BindingObserver observer) {
    this.observer = observer;
  }

  /** What the last look said, and whether it was told. */
  private record Seen(boolean there, boolean told) {}

  /**
   * Takes a look at a binding's PDU session.
   *
   * @param flows flows that it has beside the default one
   * @param held app sessions that it may have
   */
  void seen(String bindingRef, int flows, int held) {
    boolean there = flows >= held;
    if (!there && flows > 0) {
      return;
    }
    Seen before = byRef.get(bindingRef);
    if (before == null || before.there() != there) {
      byRef.put(bindingRef, new Seen(there, false));
    } else if (!before.told()) {
      byRef.put(bindingRef, new Seen(there, true));
      observer.toldByCore(
          bindingRef,
          there ? CoreWord.GUARANTEED : CoreWord.NOT_GUARANTEED,
          there ? null : MISSING);
    }
  }

  /** Forgets all other bindings. */
  void keep(Predicate<String> refs) {
    byRef.keySet().removeIf(refs.negate());
  }
}
