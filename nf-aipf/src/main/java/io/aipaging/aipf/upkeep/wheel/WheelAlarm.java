package io.aipaging.aipf.upkeep.wheel;

import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.aipf.upkeep.Task;
import io.aipaging.protocol.SessionId;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One wheel for all sessions, one timer per session, a tick of 10 ms. */
public final class WheelAlarm implements Alarm, AutoCloseable {
  private static final int TICK_MS = 10;
  private static final int TICKS_PER_WHEEL = 4_096;
  private final HashedWheelTimer wheel;
  private final Map<SessionId, Timeout> timeouts = new ConcurrentHashMap<>();
  private final Bell bell;

  /** Starts a wheel that calls {@code bell}, which returns at once. */
  public WheelAlarm(Bell bell) {
    this.bell = bell;
    wheel =
        new HashedWheelTimer(
            Thread.ofPlatform().daemon().name("aipf-wheel").factory(),
            TICK_MS,
            TimeUnit.MILLISECONDS,
            TICKS_PER_WHEEL);
    wheel.start();
  }

  @Override
  public void set(SessionId session, Task.Kind kind, Duration delay) {
    long ms = Math.max(0, delay.toMillis() + 1);
    timeouts.compute(
        session,
        (id, earlier) -> {
          if (earlier != null) {
            var _ = earlier.cancel();
          }
          return wheel.newTimeout(timeout -> ring(id, kind, timeout), ms, TimeUnit.MILLISECONDS);
        });
  }

  private void ring(SessionId session, Task.Kind kind, Timeout timeout) {
    timeouts.remove(session, timeout);
    bell.ring(session, kind);
  }

  @Override
  public void cancel(SessionId session) {
    Timeout timeout = timeouts.remove(session);
    if (timeout != null) {
      var _ = timeout.cancel();
    }
  }

  @Override
  public void close() {
    var _ = wheel.stop();
  }
}
