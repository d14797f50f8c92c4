package io.aipaging.sbi.nrf;

import io.aipaging.sbi.oauth.Bearer;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.TransportFailure;
import java.util.function.Supplier;

/** Calls of the NRF itself with access tokens; after a 401 once more with a new one. */
final class AuthorizedLine {
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
    return Bearer.send(call, tokens.get(), scope, nrf::send);
  }
}
