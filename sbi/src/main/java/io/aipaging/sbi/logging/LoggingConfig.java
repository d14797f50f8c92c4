package io.aipaging.sbi.logging;

import io.aipaging.sbi.config.Default;

/**
 * How the process logs.
 *
 * @param format text for people or JSON for machines, one line an event either way
 */
public record LoggingConfig(@Default("text") Format format) {
  /** What a line looks like. */
  public enum Format {
    /** Time, level, logger, message and fields. */
    TEXT,
    /** A JSON object. */
    JSON
  }
}
