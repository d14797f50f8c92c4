package io.aipaging.protocol;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COMMIT, the admission lease: the only authority by which steering state may exist. Signed as a
 * {@code commit+jwt}; see {@link CommitSigner} and {@link CommitVerifier}. Times are cut to what
 * the wire carries, so a COMMIT read back equals the one signed.
 *
 * @param issuer {@code iss}: AIPF Set id
 * @param audience {@code aud}: enforcer ids, 1 to 16
 * @param jti unique per COMMIT
 * @param lease {@code lid}
 * @param session {@code sid}
 * @param aisi AI service
 * @param gen fencing generation, 1 to 2^53-1, one counter per session
 * @param role what it orders
 * @param endScope what an {@code end} ends; null exactly for the other roles
 * @param issuedAt {@code iat}, whole seconds
 * @param notBefore {@code nbf}, whole seconds
 * @param expiresAt {@code exp_ms}, milliseconds; it decides. Of an {@code end}: not before the
 *     latest {@code exp_ms} of what it ends, because enforcers keep their fence until then
 * @param anchor where the session may run
 * @param flow the traffic it is about
 * @param qos QoS, or {@link QosGrant#NONE}
 */
public record Commit(
    String issuer,
    List<String> audience,
    String jti,
    LeaseId lease,
    SessionId session,
    Aisi aisi,
    long gen,
    CommitRole role,
    @Nullable EndScope endScope,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt,
    AnchorRef anchor,
    Flow flow,
    QosGrant qos) {
  public Commit {
    audience = List.copyOf(audience);
    issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
    Checks.id("iss", issuer);
    Checks.that(!audience.isEmpty() && audience.size() <= 16, "aud must name 1 to 16 enforcers");
    audience.forEach(enforcer -> Checks.id("aud", enforcer));
    Checks.opaque("jti", jti);
    Checks.counter("gen", gen);
    Checks.that(
        (role == CommitRole.END) == (endScope != null), "scope belongs to end and only there");
    Checks.time("iat", issuedAt);
    Checks.time("nbf", notBefore);
    Checks.time("exp_ms", expiresAt);
    Checks.that(
        role == CommitRole.END || (expiresAt.isAfter(notBefore) && expiresAt.isAfter(issuedAt)),
        "exp_ms must be after nbf and iat");
  }

  /** Whether it still authorizes anything at {@code now}. */
  public boolean isLive(Instant now) {
    return role != CommitRole.END && now.isBefore(expiresAt);
  }
}
