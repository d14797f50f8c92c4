package io.aipaging.aipf.selection;

import java.util.HashSet;
import java.util.Set;

/**
 * Which anchors a caller lets take part at all.
 *
 * @param excludedAnchors ids of those that must not, such as the ones already tried
 * @param dnais only anchors at these; empty means at any
 */
public record SelectionScope(Set<String> excludedAnchors, Set<String> dnais) {
  /** All anchors. */
  public static final SelectionScope ALL = new SelectionScope(Set.of(), Set.of());

  public SelectionScope {
    excludedAnchors = Set.copyOf(excludedAnchors);
    dnais = Set.copyOf(dnais);
  }

  /** The same scope without {@code anchorId}. */
  public SelectionScope excluding(String anchorId) {
    Set<String> excluded = new HashSet<>(excludedAnchors);
    excluded.add(anchorId);
    return new SelectionScope(excluded, dnais);
  }

  /** The same scope at {@code dnai} only. */
  public SelectionScope at(String dnai) {
    return new SelectionScope(excludedAnchors, Set.of(dnai));
  }
}
