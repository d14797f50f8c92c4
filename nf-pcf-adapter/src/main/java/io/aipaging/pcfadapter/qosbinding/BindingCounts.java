package io.aipaging.pcfadapter.qosbinding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many bindings are in which state, kept as they change. Thread-safe. */
final class BindingCounts {
  /** Every state, by the name it is shown under. */
  static final List<String> STATES =
      List.of("CREATING", "HELD", "CONFIRMED", "ENDING", "LOST", "ENDED");

  private final Map<String, AtomicInteger> counts = new LinkedHashMap<>();

  BindingCounts() {
    STATES.forEach(state -> counts.put(state, new AtomicInteger()));
  }

  /** A binding came from {@code before}, or begins, and is {@code after} now, or forgotten. */
  void changed(@Nullable Binding before, @Nullable Binding after) {
    if (before != null) {
      of(name(before)).decrementAndGet();
    }
    if (after != null) {
      of(name(after)).incrementAndGet();
    }
  }

  /** How many are in {@code state}. */
  int in(String state) {
    return of(state).get();
  }

  private AtomicInteger of(String state) {
    return Objects.requireNonNull(counts.get(state));
  }

  private static String name(Binding binding) {
    return switch (binding) {
      case Binding.Creating _ -> "CREATING";
      case Binding.Held _ -> "HELD";
      case Binding.Confirmed _ -> "CONFIRMED";
      case Binding.Ending _ -> "ENDING";
      case Binding.Lost _ -> "LOST";
      case Binding.Ended _ -> "ENDED";
    };
  }
}
