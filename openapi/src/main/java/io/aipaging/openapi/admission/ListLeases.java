package io.aipaging.openapi.admission;

import org.jspecify.annotations.Nullable;

/**
 * Asks what is admitted, page by page.
 *
 * @param limit page size, 1 to 200; null means 200
 * @param pageToken from the previous answer; null begins
 */
public record ListLeases(@Nullable Integer limit, @Nullable String pageToken) {
  /** Asks for the first page. */
  public ListLeases() {
    this(null, null);
  }
}
