package io.aipaging.cli.session;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.AnchorDrain;
import io.aipaging.openapi.paging.DrainAnchor;
import io.aipaging.openapi.paging.NaipfPaging;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks again and again how far a drain is, until no session is left or time is over. */
final class Draining {
  static final Duration BETWEEN = Duration.ofSeconds(1);
  private final NaipfPaging aipf;
  private final Supplier<Call> calls;
  private final Pause pause;

  /** How to let time pass. */
  @FunctionalInterface
  interface Pause {
    /** Returns a while later. */
    void last(Duration duration) throws InterruptedException;
  }

  /** A drain over one connection. */
  Draining(NaipfPaging aipf, Supplier<Call> calls, Pause pause) {
    this.aipf = aipf;
    this.calls = calls;
    this.pause = pause;
  }

  /**
   * Lets an anchor drain.
   *
   * @param longest how long to wait for its sessions to leave; zero tells it and returns
   * @param progress told the first answer and every one that differs from the one before
   * @return the last answer
   */
  AnchorDrain run(String anchor, Duration longest, Consumer<AnchorDrain> progress)
      throws InterruptedException {
    DrainAnchor request = new DrainAnchor(anchor, true);
    AnchorDrain drain = aipf.drainAnchor(calls.get(), request);
    progress.accept(drain);
    Duration waited = Duration.ZERO;
    while (drain.sessions() > 0 && waited.compareTo(longest) < 0) {
      pause.last(BETWEEN);
      waited = waited.plus(BETWEEN);
      AnchorDrain next = aipf.drainAnchor(calls.get(), request);
      if (!next.equals(drain)) {
        progress.accept(next);
      }
      drain = next;
    }
    return drain;
  }
}
