package io.aipaging.openapi.qosbinding;

import org.jspecify.annotations.Nullable;

/**
 * Asks which bindings there are, page by page.
 *
 * @param limit page size, 1 to 200; null means 200
 * @param pageToken from the previous answer; null begins
 */
public record ListQosBindings(@Nullable Integer limit, @Nullable String pageToken) {
  /** Asks for the first page. */
  public ListQosBindings() {
    this(null, null);
  }
}
