package io.aipaging.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Since when something has been where nobody knows of it. */
final class Strays {
  private final Duration allowed;
  private final Map<String, Instant> since = new HashMap<>();

  /**
   * None yet.
   *
   * @param allowed how long one may be there
   */
  Strays(Duration allowed) {
    this.allowed = allowed;
  }

  /** Takes note of what strays {@code now}; returns those that have for too long. */
  List<String> note(List<String> straying, Instant now) {
    since.keySet().retainAll(straying);
    straying.forEach(each -> since.putIfAbsent(each, now));
    return straying.stream()
        .filter(each -> now.isAfter(since.get(each).plus(allowed)))
        .map(each -> each + " has strayed since " + since.get(each))
        .toList();
  }
}
