package io.aipaging.sbi.logging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Lines about security, at WARN by the logger {@code io.aipaging.audit}: who was refused, and why;
 * never what was shown. Of each kind of event at most ten lines are written in a second, and the
 * next one says how many were not, so that nobody can fill a disk with them. Thread-safe.
 */
public final class Audit {
  /** How lines of this kind are found. */
  public static final String LOGGER = "io.aipaging.audit";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final int LINES_MAX = 10;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Map<Event, Window> windows = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /** What happened. */
  public enum Event {
    /** A request without an access token that is believed: 401. */
    TOKEN_REJECTED,
    /** A request that its sender may not make, or a COMMIT that is not believed: 403. */
    REQUEST_FORBIDDEN,
    /** A connection whose TLS handshake failed, such as for want of a certificate. */
    HANDSHAKE_FAILED
  }

  /**
   * Audits.
   *
   * @param nanos monotonic, ns
   */
  public Audit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Writes a line unless there are too many.
   *
   * @param fields names and values; nothing that a peer wrote, save what was verified or made safe
   */
  public void note(Event event, Map<String, String> fields) {
    long unwritten =
        windows.computeIfAbsent(event, _ -> new Window(nanos.getAsLong())).take(nanos.getAsLong());
    if (unwritten < 0) {
      return;
    }
    LoggingEventBuilder line = LOG.atWarn().addKeyValue("event", event);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      line = line.addKeyValue(field.getKey(), field.getValue());
    }
    if (unwritten > 0) {
      line = line.addKeyValue("unwritten", unwritten);
    }
    line.log("security event");
  }

  /** Lines of one kind within one second. */
  private static final class Window {
    private long since;
    private int lines;
    private long unwritten;

    Window(long since) {
      this.since = since;
    }

    /** How many lines were left out before this one, or -1 if this one is left out, too. */
    synchronized long take(long now) {
      if (now - since >= SECOND_NANOS) {
        since = now;
        lines = 0;
      }
      if (lines == LINES_MAX) {
        unwritten++;
        return -1;
      }
      lines++;
      long before = unwritten;
      unwritten = 0;
      return before;
    }
  }
}
