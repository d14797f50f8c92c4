package io.aipaging.openapi.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An anchor as the AIPF that answers sees it.
 *
 * @param anchorId anchor
 * @param dnai data network access
 * @param aisis AI services it serves
 * @param condition {@code WELL}, {@code UNHEALTHY}, {@code LOST} or {@code UNKNOWN}
 * @param draining whether it takes no new sessions
 * @param slotsTotal sessions it can admit; null when it does not say
 * @param slotsHeld of those held or leased; null when it does not say
 */
public record AnchorView(
    String anchorId,
    String dnai,
    List<String> aisis,
    String condition,
    boolean draining,
    @Nullable Integer slotsTotal,
    @Nullable Integer slotsHeld) {
  public AnchorView {
    aisis = List.copyOf(aisis);
  }
}
