package io.aipaging.aipf.upkeep;

import io.aipaging.protocol.SessionId;
import java.time.Duration;

/** Port: wakes the keeper for a session. It only wakes; the session's row decides. */
public interface Alarm {
  /** Wakes for {@code session} after {@code delay}, instead of whenever it was set to before. */
  void set(SessionId session, Duration delay);

  /** Does not wake for {@code session} any more. */
  void cancel(SessionId session);

  /** Makes an alarm that calls {@code wake}, which returns at once. */
  @FunctionalInterface
  interface Factory {
    /** The alarm. */
    Alarm wakes(java.util.function.Consumer<SessionId> wake);
  }
}
