package io.aipaging.openapi.steering;

import org.jspecify.annotations.Nullable;

/**
 * Asks what is carried, page by page.
 *
 * @param limit page size, 1 to 200; null means 200
 * @param pageToken from the previous answer; null begins
 */
public record ListGrants(@Nullable Integer limit, @Nullable String pageToken) {
  /** Asks for the first page. */
  public ListGrants() {
    this(null, null);
  }
}
