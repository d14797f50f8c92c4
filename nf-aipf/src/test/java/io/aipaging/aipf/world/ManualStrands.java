package io.aipaging.aipf.world;

import io.aipaging.aipf.strand.Strand;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.aipf.strand.virtual.VirtualStrands;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Real strands whose pauses move a clock that otherwise stands still. */
final class ManualStrands implements Strands {
  private final VirtualStrands strands = new VirtualStrands();
  private final ManualClock clock;

  ManualStrands(ManualClock clock) {
    this.clock = clock;
  }

  @Override
  public <T> Strand<T> start(Callable<T> work) {
    return strands.start(work);
  }

  @Override
  public void pause(Duration duration) {
    clock.advance(duration);
  }
}
