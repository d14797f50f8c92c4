package io.aipaging.sbi.server;

import io.aipaging.sbi.wire.SbiHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells how much of a server's room is taken ({@code 3gpp-Sbi-Lci}, TS 29.500 §6.3.3 and §5.2.3.2),
 * for whoever chooses among producers, such as an SCP: in an answer now and then, and at once when
 * it has changed much. Used on one event loop at a time, which may see an old value.
 */
final class Load {
  /** The header. */
  static final String HEADER = "3gpp-Sbi-Lci";

  static final Duration EVERY = Duration.ofSeconds(1);
  static final int MUCH = 20;

  private final String nfInstanceId;
  private volatile Told last = new Told(Instant.EPOCH, 0);

  Load(UUID nfInstanceId) {
    this.nfInstanceId = nfInstanceId.toString();
  }

  private record Told(Instant at, int percent) {}

  /** What to tell with the next answer; null for nothing new. */
  @Nullable String due(Instant now, int percent) {
    Told before = last;
    boolean silent = now.isBefore(before.at().plus(EVERY)) && !now.isBefore(before.at());
    if (silent && Math.abs(percent - before.percent()) < MUCH) {
      return null;
    }
    last = new Told(now, percent);
    return "Timestamp: \"%s\"; Load-Metric: %d%%; NF-Instance: %s"
        .formatted(SbiHeaders.timestamp(now), percent, nfInstanceId);
  }
}
