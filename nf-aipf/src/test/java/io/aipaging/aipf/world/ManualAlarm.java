package io.aipaging.aipf.world;

import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.aipf.upkeep.Task;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Alarms that ring when a test says so. */
public final class ManualAlarm implements Alarm {
  private final InstantSource clock;
  private final Bell bell;
  private final Map<SessionId, Ring> set = new ConcurrentHashMap<>();

  ManualAlarm(InstantSource clock, Bell bell) {
    this.clock = clock;
    this.bell = bell;
  }

  private record Ring(Task.Kind kind, Instant at) {}

  @Override
  public void set(SessionId session, Task.Kind kind, Duration delay) {
    set.put(session, new Ring(kind, clock.instant().plus(delay)));
  }

  @Override
  public void cancel(SessionId session) {
    set.remove(session);
  }

  /** When it rings next for a session. */
  public Optional<Instant> next(SessionId session) {
    return Optional.ofNullable(set.get(session)).map(Ring::at);
  }

  /** Rings for every session whose time has come; the keeper works in the background. */
  public void ring() {
    Instant now = clock.instant();
    set.forEach(
        (session, ring) -> {
          if (!now.isBefore(ring.at()) && set.remove(session, ring)) {
            bell.ring(session, ring.kind());
          }
        });
  }
}
