package io.aipaging.protocol;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * AIST, the session token: who may call an AISI, within which scope, until when (RFC 9068).
 *
 * @param issuer {@code iss}: AIPF Set id
 * @param subject {@code sub}: pairwise pseudonym, never a SUPI
 * @param clientId {@code client_id}: the application the token was given to
 * @param aisi {@code aud} and {@code aisi}: the service it is good for
 * @param session {@code sid}
 * @param scope what may be done, such as {@code infer}
 * @param confirmation what it is bound to
 * @param issuedAt {@code iat}, whole seconds
 * @param expiresAt {@code exp}, whole seconds: never after the session's {@code expiresAt}
 * @param jti unique per token
 */
public record Aist(
    String issuer,
    String subject,
    String clientId,
    Aisi aisi,
    SessionId session,
    String scope,
    Confirmation confirmation,
    Instant issuedAt,
    Instant expiresAt,
    String jti) {
  public Aist {
    issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
    Checks.time("iat", issuedAt);
    Checks.time("exp", expiresAt);
    Checks.id("iss", issuer);
    Checks.pseudonym("sub", subject);
    Checks.id("client_id", clientId);
    Checks.id("scope", scope);
    Checks.opaque("jti", jti);
    Checks.that(expiresAt.isAfter(issuedAt), "exp must be after iat");
  }
}
