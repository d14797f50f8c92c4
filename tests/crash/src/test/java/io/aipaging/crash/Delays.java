package io.aipaging.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** How long something took, each time. */
final class Delays {
  private final String what;
  private final List<Duration> all = new ArrayList<>();

  Delays(String what) {
    this.what = what;
  }

  void add(Duration delay) {
    all.add(delay);
  }

  void addAll(Collection<Duration> delays) {
    all.addAll(delays);
  }

  /** The longest; zero when there is none. */
  Duration longest() {
    return all.isEmpty() ? Duration.ZERO : Collections.max(all);
  }

  @Override
  public String toString() {
    List<Duration> sorted = all.stream().sorted().toList();
    return all.isEmpty()
        ? what + " never"
        : "%s %d times, half of them within %d ms, nine of ten within %d ms, all within %d ms"
            .formatted(
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get(sorted.size() * 9 / 10).toMillis(),
                sorted.getLast().toMillis());
  }
}
