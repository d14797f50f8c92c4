package io.aipaging.simulation.world;

import io.aipaging.openapi.paging.CreateSession;
import org.jspecify.annotations.Nullable;

/** What a client remembers of one page. */
final class Account {
  private final String key;
  private final CreateSession request;
  private @Nullable String session;

  Account(String key, CreateSession request) {
    this.key = key;
    this.request = request;
  }

  /** Its idempotency key. */
  String key() {
    return key;
  }

  /** What it asked. */
  CreateSession request() {
    return request;
  }

  /** The session it was told of, or null. */
  @Nullable String session() {
    return session;
  }

  /** It was told of {@code id}. */
  void session(String id) {
    session = id;
  }
}
