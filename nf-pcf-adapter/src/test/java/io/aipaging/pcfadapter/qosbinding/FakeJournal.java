package io.aipaging.pcfadapter.qosbinding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A journal in memory that can be made to fail. */
final class FakeJournal implements BindingJournal {
  private final Map<String, Binding> states = new LinkedHashMap<>();
  volatile Predicate<Binding> fails = state -> false;

  @Override
  public synchronized List<Binding> replay() {
    return List.copyOf(states.values());
  }

  @Override
  public synchronized void write(Binding state) {
    if (fails.test(state)) {
      throw new UncheckedIOException(new IOException("disk full"));
    }
    states.put(state.identity().bindingRef(), state);
  }

  @Override
  public synchronized void forget(String bindingRef) {
    states.remove(bindingRef);
  }

  synchronized Binding state(String bindingRef) {
    return states.get(bindingRef);
  }

  @Override
  public void close() {}
}
