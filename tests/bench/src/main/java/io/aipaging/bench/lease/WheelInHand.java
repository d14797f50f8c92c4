package io.aipaging.bench.lease;

import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.aipf.upkeep.Task;
import io.aipaging.aipf.upkeep.wheel.WheelAlarm;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The product's wheel, whose alarms are set anew when the benchmark puts time forward: a wheel
 * turns by real time.
 */
final class WheelInHand implements Alarm, AutoCloseable {
  private final WheelAlarm wheel;
  private final BenchClock clock;
  private final Map<SessionId, Due> dues = new ConcurrentHashMap<>();

  WheelInHand(Bell bell, BenchClock clock) {
    this.wheel = new WheelAlarm(bell);
    this.clock = clock;
  }

  private record Due(Task.Kind kind, Instant at) {}

  @Override
  public void set(SessionId session, Task.Kind kind, Duration delay) {
    dues.put(session, new Due(kind, clock.instant().plus(delay)));
    wheel.set(session, kind, delay);
  }

  @Override
  public void cancel(SessionId session) {
    var _ = dues.remove(session);
    wheel.cancel(session);
  }

  /** From now on it is {@code time}, or as late as it is if that is later. */
  void putForwardTo(Instant time) {
    Duration by = Duration.between(clock.instant(), time);
    if (by.isPositive()) {
      clock.forward(by);
      dues.forEach(
          (session, due) ->
              wheel.set(session, due.kind(), Duration.between(clock.instant(), due.at())));
    }
  }

  @Override
  public void close() {
    wheel.close();
  }
}
