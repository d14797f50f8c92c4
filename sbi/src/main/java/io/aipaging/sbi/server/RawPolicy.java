package io.aipaging.sbi.server;

/** Who may call a raw route. */
public sealed interface RawPolicy {
  /**
   * Anybody; the handler authenticates by itself or the content is public.
   *
   * @param reason why that is right, shown in the route inventory
   */
  record Public(String reason) implements RawPolicy {}

  /**
   * Whoever has an access token with {@code scope}.
   *
   * @param scope required scope, or several with spaces between them: all are required
   */
  record Authenticated(String scope) implements RawPolicy {}
}
