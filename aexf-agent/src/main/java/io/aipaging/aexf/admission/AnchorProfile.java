package io.aipaging.aexf.admission;

import io.aipaging.protocol.Aisi;
import java.util.Set;

/**
 * What this anchor is.
 *
 * @param anchorId {@code anchor.id} in COMMITs
 * @param enforcerId own name in {@code aud}
 * @param aisis AI services its model server answers for
 * @param slots sessions it admits at once, 1 to 10000
 */
public record AnchorProfile(String anchorId, String enforcerId, Set<Aisi> aisis, int slots) {
  private static final int SLOTS_MAX = 10_000;

  public AnchorProfile {
    aisis = Set.copyOf(aisis);
    if (aisis.isEmpty()) {
      throw new IllegalArgumentException("an anchor serves at least one AISI");
    }
    if (slots < 1 || slots > SLOTS_MAX) {
      throw new IllegalArgumentException("slots must be 1 to " + SLOTS_MAX);
    }
  }
}
