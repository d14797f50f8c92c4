package io.aipaging.aipf.selection;

import java.util.Optional;

/** Port to what is known about the anchors' health; answers from memory and from any thread. */
public interface AnchorHealthSource {
  /** The newest report that is still believed; empty when there is none. */
  Optional<AnchorHealth> healthOf(String anchorId);
}
