package io.aipaging.sbi.oauth;

import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import org.jspecify.annotations.Nullable;

/** Calls with access tokens (RFC 6750 §2.1). */
public final class Bearer {
  private static final int UNAUTHORIZED = 401;

  private Bearer() {}

  /** How a call is sent. */
  @FunctionalInterface
  public interface Line<X extends Exception> {
    /** The peer's answer, whatever it is. */
    HttpReply send(HttpCall call) throws X;
  }

  /**
   * Sends a call with a token for {@code scope}, where there is one; after a 401, which says that
   * the peer has not acted, once more with a new one.
   *
   * @throws io.aipaging.openapi.Refusal when a token is needed and there is none
   */
  public static <X extends Exception> HttpReply send(
      HttpCall call, TokenSource tokens, String scope, Line<X> line) throws X {
    String token = tokens.token(scope);
    HttpReply reply = line.send(with(token, call));
    if (token == null || reply.status() != UNAUTHORIZED) {
      return reply;
    }
    tokens.rejected(token);
    String other = tokens.token(scope);
    return other == null ? reply : line.send(with(other, call));
  }

  private static HttpCall with(@Nullable String token, HttpCall call) {
    return token == null ? call : call.withHeader("Authorization", "Bearer " + token);
  }
}
