package io.aipaging.sbi.oauth;

import org.jspecify.annotations.Nullable;

/** Where a client gets its access tokens. */
public interface TokenSource {
  /**
   * A token for {@code scope}, or for all of several with spaces between them; null when calls go
   * without one.
   *
   * @throws io.aipaging.openapi.Refusal when the issuer refuses or cannot be reached
   */
  @Nullable String token(String scope);

  /** Told when a peer answered 401 to {@code token}: it is not handed out again. */
  void rejected(String token);

  /** Calls without tokens, for peers that want none. */
  static TokenSource none() {
    return new TokenSource() {
      @Override
      public @Nullable String token(String scope) {
        return null;
      }

      @Override
      public void rejected(String token) {
        // There is none to drop.
      }
    };
  }
}
