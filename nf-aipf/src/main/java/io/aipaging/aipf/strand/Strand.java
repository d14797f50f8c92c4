package io.aipaging.aipf.strand;

import io.aipaging.openapi.Refusal;
import java.time.Duration;

/** Work that runs beside whoever started it. */
public interface Strand<T> {
  /**
   * Waits for the result.
   *
   * @param atMost longest wait; then the work is interrupted
   * @throws Refusal what the work was refused, or 504 {@code TIMED_OUT_REQUEST}
   */
  T join(Duration atMost);

  /** As {@link #join}, but work that is not finished goes on. */
  T peek(Duration atMost);
}
