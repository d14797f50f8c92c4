package io.aipaging.aipf.upkeep;

import io.aipaging.aipf.lease.Session;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking after a session.
 *
 * @param elsewhere what is due in another lane when nothing moved the session here, or null
 * @param moved the session as it was moved here, or null
 */
record Attempt(Task.@Nullable Kind elsewhere, @Nullable Session moved) {
  /** The row has to say. */
  static final Attempt UNKNOWN = new Attempt(null, null);
}
