package io.aipaging.eval.relocation;

import java.util.List;

/** What the experiment found. */
public record RelocationResult(Losses makeBeforeBreak, Losses breakBeforeMake) {
  /**
   * What was lost in some moves.
   *
   * @param relocations moves of a session
   * @param udpSent datagrams
   * @param udpLost of them not answered
   * @param httpRequests of all kinds
   * @param httpFailed of them without a whole answer
   */
  public record Losses(
      int relocations, int udpSent, int udpLost, int httpRequests, int httpFailed) {
    static Losses of(List<Part> parts) {
      return new Losses(
          parts.stream().mapToInt(Part::moves).sum(),
          parts.stream().mapToInt(Part::udpSent).sum(),
          parts.stream().mapToInt(Part::udpLost).sum(),
          parts.stream().mapToInt(Part::httpRequests).sum(),
          parts.stream().mapToInt(Part::httpFailed).sum());
    }
  }

  /** Moves of one style and mode. */
  record Part(Style style, int moves, int udpSent, int udpLost, int httpRequests, int httpFailed) {}

  static RelocationResult of(List<Part> parts) {
    return new RelocationResult(
        Losses.of(parts.stream().filter(part -> part.style() == Style.MAKE_BEFORE_BREAK).toList()),
        Losses.of(parts.stream().filter(part -> part.style() != Style.MAKE_BEFORE_BREAK).toList()));
  }

  /** Whether make-before-break lost nothing. */
  public boolean holds() {
    return makeBeforeBreak.udpLost() == 0 && makeBeforeBreak.httpFailed() == 0;
  }
}
