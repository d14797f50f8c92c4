package io.aipaging.aipf.relocation;

import io.aipaging.aipf.selection.AnchorHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an anchor is, over several reports: one bad report makes it no more unhealthy than one good
 * one makes it well.
 *
 * @param state how it is
 * @param draining whether it said that it drains, the last time it said anything
 * @param streak reports in a row that speak against {@code state}
 * @param since when it became unhealthy; null while it is well
 */
public record AnchorCondition(State state, boolean draining, int streak, @Nullable Instant since) {
  /** How it is. */
  public enum State {
    /** It can be used. */
    WELL,
    /** It was not well several times in a row. */
    UNHEALTHY,
    /** It has been unhealthy for so long that sessions do not wait for it any more. */
    LOST
  }

  /** Before the first report. */
  static final AnchorCondition NEW = new AnchorCondition(State.WELL, false, 0, null);

  /**
   * When a condition changes.
   *
   * @param unhealthyAfter bad reports in a row that make an anchor unhealthy, 1 or more
   * @param wellAfter good reports in a row that make it well again, 1 or more
   * @param lostAfter how long it is unhealthy before it is lost
   */
  public record Rules(int unhealthyAfter, int wellAfter, Duration lostAfter) {
    public Rules {
      if (unhealthyAfter < 1 || wellAfter < 1 || lostAfter.isNegative()) {
        throw new IllegalArgumentException("an anchor's condition follows its reports");
      }
    }
  }

  /**
   * The condition after one more report.
   *
   * @param report what it said; empty when it did not answer
   */
  AnchorCondition after(Optional<AnchorHealth> report, Rules rules, Instant now) {
    boolean drains = report.map(AnchorHealth::draining).orElse(draining);
    boolean good = report.filter(AnchorHealth::healthy).isPresent();
    if (state == State.WELL) {
      int bad = good ? 0 : streak + 1;
      return bad < rules.unhealthyAfter()
          ? new AnchorCondition(State.WELL, drains, bad, null)
          : new AnchorCondition(State.UNHEALTHY, drains, 0, now);
    }
    int well = good ? streak + 1 : 0;
    if (well >= rules.wellAfter()) {
      return new AnchorCondition(State.WELL, drains, 0, null);
    }
    boolean lost =
        state == State.LOST || since == null || !now.isBefore(since.plus(rules.lostAfter()));
    return new AnchorCondition(lost ? State.LOST : State.UNHEALTHY, drains, well, since);
  }

  /** Whether sessions should leave it: not while it seems to recover. */
  boolean repels() {
    return state != State.WELL && streak == 0;
  }
}
