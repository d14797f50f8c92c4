package io.aipaging.openapi.paging;

import java.util.List;

/**
 * Every anchor of the catalogue.
 *
 * @param anchors by anchor id
 */
public record AnchorList(List<AnchorView> anchors) {
  public AnchorList {
    anchors = List.copyOf(anchors);
  }
}
