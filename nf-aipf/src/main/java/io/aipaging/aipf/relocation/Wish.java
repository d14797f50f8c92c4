package io.aipaging.aipf.relocation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a session is to move.
 *
 * @param from only if it still is at this anchor; null for wherever it is
 * @param anchor the only anchor to consider, or null for any
 * @param dnai only anchors at this data network access, or null for any
 * @param avoided anchors not to consider
 * @param patient whether it rather stays for now than add to a crowd on its way to the same anchor
 */
public record Wish(
    @Nullable String from,
    @Nullable String anchor,
    @Nullable String dnai,
    Set<String> avoided,
    boolean patient) {
  /** From wherever to the best anchor, at once. */
  public static final Wish ANY = new Wish(null, null, null, Set.of(), false);

  public Wish {
    avoided = Set.copyOf(avoided);
  }

  /** To this anchor or, when null, to the best, at once. */
  public static Wish to(@Nullable String anchor) {
    return new Wish(null, anchor, null, Set.of(), false);
  }

  /** Away from this anchor to the best other one, at once. */
  public static Wish awayFrom(String anchor) {
    return new Wish(anchor, null, null, Set.of(), false);
  }

  /** Whether a session at {@code anchor} is meant. */
  boolean concerns(String anchor) {
    return from == null || from.equals(anchor);
  }
}
