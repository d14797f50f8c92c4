package io.aipaging.sbi.server;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.oauth.AccessToken;
import io.aipaging.sbi.oauth.TokenRejected;
import io.aipaging.sbi.oauth.TokenVerifier;
import java.util.List;
import java.util.Map;

/** Demands a bearer token with scopes (TS 29.500 §6.7.3, RFC 6750). */
final class Authenticator {
  private static final String PREFIX = "bearer ";

  private final TokenVerifier verifier;

  Authenticator(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /** The verified token; 401 or 403 with {@code WWW-Authenticate} otherwise. */
  AccessToken authenticate(Exchange exchange, String scope) {
    List<String> scopes = List.of(scope.split(" "));
    String realm = "Bearer realm=\"/" + scopes.getFirst() + "/v1\"";
    List<String> values = exchange.headers("Authorization");
    if (values.isEmpty()) {
      throw refused(401, "TOKEN_MISSING", "An access token is required.", realm);
    }
    String value = values.getFirst();
    if (values.size() > 1 || !value.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      throw invalid("INVALID_TOKEN", realm);
    }
    AccessToken token = verified(value.substring(PREFIX.length()).strip(), realm);
    if (!token.scopes().containsAll(scopes)) {
      throw refused(
          403,
          "INSUFFICIENT_SCOPE",
          "The access token lacks the scope.",
          realm + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }
    return token;
  }

  private AccessToken verified(String compact, String realm) {
    try {
      return verifier.verify(compact);
    } catch (TokenRejected e) {
      throw invalid(e.claimMissing() ? "ACCESS_TOKEN_CLAIM_MISSING" : "INVALID_TOKEN", realm);
    }
  }

  private static RefusedWithHeaders invalid(String cause, String realm) {
    return refused(
        401, cause, "The access token is not accepted.", realm + ", error=\"invalid_token\"");
  }

  private static RefusedWithHeaders refused(
      int status, String cause, String detail, String challenge) {
    return new RefusedWithHeaders(
        Refusal.of(status, cause, detail), Map.of("WWW-Authenticate", challenge));
  }
}
