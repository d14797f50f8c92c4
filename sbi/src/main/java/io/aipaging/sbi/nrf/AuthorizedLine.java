package io.aipaging.sbi.nrf;

import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.TransportFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls of the NRF itself with access tokens; after a 401 once more with a new one. */
final class AuthorizedLine {
  private static final int UNAUTHORIZED = 401;

  private final NrfLine nrf;
  private final Supplier<TokenSource> tokens;

  AuthorizedLine(NrfLine nrf, Supplier<TokenSource> tokens) {
    this.nrf = nrf;
    this.tokens = tokens;
  }

  /**
   * Sends a call that needs {@code scope}.
   *
   * @throws io.aipaging.openapi.Refusal when the NRF gives no token
   */
  HttpReply send(HttpCall call, String scope) throws TransportFailure {
    TokenSource source = tokens.get();
    String token = source.token(scope);
    HttpReply reply = nrf.send(with(token, call));
    if (token == null || reply.status() != UNAUTHORIZED) {
      return reply;
    }
    source.rejected(token);
    return nrf.send(with(source.token(scope), call));
  }

  private static HttpCall with(@Nullable String token, HttpCall call) {
    return token == null ? call : call.withHeader("Authorization", "Bearer " + token);
  }
}
