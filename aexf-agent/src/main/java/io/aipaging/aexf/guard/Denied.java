package io.aipaging.aexf.guard;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request that does not reach the model server. Carries no part of token, prompt or address. */
public final class Denied extends Exception {
  private static final long serialVersionUID = 1L;

  /** Every code there is. */
  public static final Set<String> CODES =
      Set.of(
          "missing_token",
          "invalid_token",
          "invalid_dpop_proof",
          "insufficient_scope",
          "no_live_lease",
          "ue_unknown",
          "wrong_ue_address",
          "too_many_proofs",
          "token_in_query",
          "bad_target",
          "unknown_url",
          "method_not_allowed",
          "body_too_large",
          "body_timeout",
          "overloaded",
          "model_timeout",
          "model_unavailable",
          "internal_error");

  /** Codes that say that what was shown does not entitle its sender. */
  public static final Set<String> OF_CREDENTIALS =
      Set.of("invalid_token", "invalid_dpop_proof", "insufficient_scope", "wrong_ue_address");

  private final int status;
  private final String code;
  private final @Nullable String challenge;

  private Denied(int status, String code, @Nullable String challenge, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.challenge = challenge;
  }

  /** A refusal that authenticating differently would not change. */
  public static Denied of(int status, String code, String message) {
    return new Denied(status, code, null, message);
  }

  static Denied noToken() {
    return new Denied(
        401, "missing_token", "Bearer, DPoP algs=\"ES256\"", "present your session token");
  }

  static Denied invalidToken(String message) {
    return new Denied(401, "invalid_token", "Bearer error=\"invalid_token\"", message);
  }

  static Denied invalidProof(String message) {
    String challenge = "DPoP error=\"invalid_dpop_proof\", algs=\"ES256\"";
    return new Denied(401, "invalid_dpop_proof", challenge, message);
  }

  static Denied insufficientScope(String scope) {
    String challenge = "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"";
    return new Denied(403, "insufficient_scope", challenge, "the token does not allow this");
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** One of a fixed set of words; fit for a metric's label. */
  public String code() {
    return code;
  }

  /** Value of {@code WWW-Authenticate}, or null. */
  public @Nullable String challenge() {
    return challenge;
  }

  /** Sentence for the client. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
