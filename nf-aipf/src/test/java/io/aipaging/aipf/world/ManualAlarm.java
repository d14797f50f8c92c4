package io.aipaging.aipf.world;

import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Alarms that ring when a test says so. */
public final class ManualAlarm implements Alarm {
  private final InstantSource clock;
  private final Consumer<SessionId> wake;
  private final Map<SessionId, Instant> set = new ConcurrentHashMap<>();

  ManualAlarm(InstantSource clock, Consumer<SessionId> wake) {
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public void set(SessionId session, Duration delay) {
    set.put(session, clock.instant().plus(delay));
  }

  @Override
  public void cancel(SessionId session) {
    set.remove(session);
  }

  /** When it rings next for a session. */
  public Optional<Instant> next(SessionId session) {
    return Optional.ofNullable(set.get(session));
  }

  /** Rings for every session whose time has come; the keeper works in the background. */
  public void ring() {
    Instant now = clock.instant();
    set.forEach(
        (session, at) -> {
          if (!now.isBefore(at) && set.remove(session, at)) {
            wake.accept(session);
          }
        });
  }
}
