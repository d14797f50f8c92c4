package io.aipaging.simulation.aipf;

import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.aipf.upkeep.Task;
import io.aipaging.protocol.SessionId;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Timeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Wakes the keeper by the timeline; like the wheel in ticks, so a little late. */
final class FiberAlarm implements Alarm {
  private static final long TICK = Duration.ofMillis(10).toNanos();
  private final Timeline timeline;
  private final Life life;
  private final Bell bell;
  private final Map<SessionId, Long> newest = new HashMap<>();
  private long settings;

  FiberAlarm(Timeline timeline, Life life, Bell bell) {
    this.timeline = timeline;
    this.life = life;
    this.bell = bell;
  }

  @Override
  public void set(SessionId session, Task.Kind kind, Duration delay) {
    long setting = ++settings;
    newest.put(session, setting);
    long ticks = Math.max(0, delay.toNanos()) / TICK + 1;
    timeline.after(
        ticks * TICK,
        life,
        () -> {
          if (newest.remove(session, setting)) {
            bell.ring(session, kind);
          }
        });
  }

  @Override
  public void cancel(SessionId session) {
    newest.remove(session);
  }
}
