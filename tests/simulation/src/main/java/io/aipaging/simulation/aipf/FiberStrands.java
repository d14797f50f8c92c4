package io.aipaging.simulation.aipf;

import io.aipaging.aipf.strand.Strand;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.openapi.Refusal;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Signal;
import io.aipaging.simulation.engine.Timeline;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Strands on coroutines. An interruption does nothing: every question ends by its own deadline. */
final class FiberStrands implements Strands {
  private final Timeline timeline;
  private final Life life;

  FiberStrands(Timeline timeline, Life life) {
    this.timeline = timeline;
    this.life = life;
  }

  @Override
  public <T> Strand<T> start(Callable<T> work) {
    FiberStrand<T> strand = new FiberStrand<>(timeline);
    var _ = timeline.start(life, () -> strand.run(work));
    return strand;
  }

  @Override
  public void pause(Duration duration) {
    timeline.sleep(duration.toNanos());
  }

  private static final class FiberStrand<T> implements Strand<T> {
    private final Timeline timeline;
    private final Signal finished;
    private boolean done;
    private @Nullable T value;
    private @Nullable RuntimeException failure;

    FiberStrand(Timeline timeline) {
      this.timeline = timeline;
      this.finished = new Signal(timeline);
    }

    void run(Callable<T> work) {
      try {
        value = work.call();
      } catch (RuntimeException e) {
        failure = e;
      } catch (Exception e) {
        failure = new IllegalStateException("work failed", e);
      }
      done = true;
      finished.fire();
    }

    @Override
    public T join(Duration atMost) {
      long end = timeline.now() + Math.max(0, atMost.toNanos());
      while (!done && timeline.now() < end) {
        finished.await(end - timeline.now());
      }
      if (!done) {
        throw Refusal.of(504, "TIMED_OUT_REQUEST", "A peer did not answer in time.");
      }
      if (failure != null) {
        throw failure;
      }
      return value(value);
    }

    @SuppressWarnings("NullAway") // a callable of a nullable type may well answer null
    private static <T> T value(@Nullable T value) {
      return value;
    }

    @Override
    public T peek(Duration atMost) {
      return join(atMost);
    }
  }
}
