package io.aipaging.aipf.selection;

import io.aipaging.aipf.catalog.Anchor;
import java.util.List;
import java.util.Optional;

/**
 * The answer to which anchors may serve a session. Every anchor asked about is in one of the lists.
 *
 * @param eligible best first
 * @param rejected the others with the reason, by anchor id
 */
public record Ranking(List<RankedAnchor> eligible, List<RejectedAnchor> rejected) {
  public Ranking {
    eligible = List.copyOf(eligible);
    rejected = List.copyOf(rejected);
  }

  /** The eligible anchors, best first. */
  public List<Anchor> anchors() {
    return eligible.stream().map(RankedAnchor::anchor).toList();
  }

  /** The best anchor. */
  public Optional<Anchor> best() {
    return anchors().stream().findFirst();
  }

  /** Why that anchor was turned down; empty when it was not. */
  public Optional<Rejection> rejectionOf(String anchorId) {
    return rejected.stream()
        .filter(anchor -> anchor.anchorId().equals(anchorId))
        .map(RejectedAnchor::reason)
        .findFirst();
  }
}
