package io.aipaging.aipf.upkeep;

import io.aipaging.protocol.SessionId;
import java.time.Duration;

/** Port: wakes the keeper for a session. It only wakes; the session's row decides. */
public interface Alarm {
  /** Wakes for {@code session} after {@code delay}, instead of whenever it was set to before. */
  void set(SessionId session, Task.Kind kind, Duration delay);

  /** Does not wake for {@code session} any more. */
  void cancel(SessionId session);

  /** Makes an alarm that calls {@code bell}, which returns at once. */
  @FunctionalInterface
  interface Factory {
    /** The alarm. */
    Alarm rings(Bell bell);
  }

  /** What an alarm calls. */
  @FunctionalInterface
  interface Bell {
    /**
     * It is time.
     *
     * @param kind what the session needed when the alarm was set; the row may say otherwise by now
     */
    void ring(SessionId session, Task.Kind kind);
  }
}
