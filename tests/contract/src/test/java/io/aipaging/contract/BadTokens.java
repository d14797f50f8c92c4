package io.aipaging.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A valid request with every kind of token that must not open the door. */
final class BadTokens {
  private final TestIssuer issuer;
  private final Map<String, Object> good;
  private final WireRequest valid;
  private final List<BadRequest> found = new ArrayList<>();

  private BadTokens(TestIssuer issuer, Map<String, Object> good, WireRequest valid) {
    this.issuer = issuer;
    this.good = good;
    this.valid = valid.without("Authorization");
  }

  /**
   * All of them.
   *
   * @param good claims that would be accepted
   */
  static List<BadRequest> of(TestIssuer issuer, Map<String, Object> good, WireRequest valid) {
    BadTokens tokens = new BadTokens(issuer, good, valid);
    tokens.absent();
    tokens.wrongAudience();
    tokens.wrongScope();
    tokens.wrongTime();
    tokens.wrongSignature();
    return tokens.found;
  }

  private void absent() {
    add(Requirement.NO_TOKEN, "no token", valid, 401, "TOKEN_MISSING");
    add(
        Requirement.NO_TOKEN,
        "another scheme",
        valid.with("Authorization", "Basic bmYtMTpzZWNyZXQ="),
        401,
        "INVALID_TOKEN");
    add(
        Requirement.NO_TOKEN,
        "an empty token",
        valid.with("Authorization", "Bearer "),
        401,
        "INVALID_TOKEN");
    add(
        Requirement.NO_TOKEN,
        "the token in the query",
        valid.andQuery("access_token=" + issuer.sign(good)),
        400,
        "INVALID_QUERY_PARAM");
  }

  private void wrongAudience() {
    invalid(Requirement.WRONG_AUDIENCE, "another audience", c -> c.put("aud", "SOMEBODY_ELSE"));
    invalid(
        Requirement.WRONG_AUDIENCE,
        "other audiences",
        c -> c.put("aud", List.of("SOMEBODY_ELSE", good.get("aud") + "x")));
    invalid(
        Requirement.WRONG_AUDIENCE,
        "an audience in other letters",
        c ->
            c.put("aud", String.valueOf(good.get("aud")).toLowerCase(java.util.Locale.ROOT) + "é"));
    refused(
        Requirement.WRONG_AUDIENCE,
        "no audience",
        without("aud"),
        401,
        "ACCESS_TOKEN_CLAIM_MISSING");
    invalid(Requirement.WRONG_AUDIENCE, "another issuer", c -> c.put("iss", "https://else.test"));
  }

  private void wrongScope() {
    for (String scope : List.of("another-api", good.get("scope") + "x", "x" + good.get("scope"))) {
      refused(
          Requirement.WRONG_SCOPE,
          "scope " + scope,
          with(c -> c.put("scope", scope)),
          403,
          "INSUFFICIENT_SCOPE");
    }
    List<String> scopes = List.of(String.valueOf(good.get("scope")).split(" "));
    for (String left : scopes.size() > 1 ? scopes : List.<String>of()) { // S-08
      refused(
          Requirement.WRONG_SCOPE,
          "scope " + left + " alone",
          with(c -> c.put("scope", left)),
          403,
          "INSUFFICIENT_SCOPE");
    }
    refused(
        Requirement.WRONG_SCOPE, "no scope", without("scope"), 401, "ACCESS_TOKEN_CLAIM_MISSING");
  }

  private void wrongTime() {
    long now = Instant.now().getEpochSecond();
    invalid(Requirement.NO_TOKEN, "an expired token", c -> c.put("exp", now - 1));
    invalid(Requirement.NO_TOKEN, "a token of tomorrow", c -> c.put("nbf", now + 86_400));
    refused(
        Requirement.NO_TOKEN,
        "a token for ever",
        without("exp"),
        401,
        "ACCESS_TOKEN_CLAIM_MISSING");
  }

  private void wrongSignature() {
    rejected("a forged token", issuer.forge(good));
    rejected("an ID token", issuer.signOfType("JWT", good));
    String[] parts = issuer.sign(good).split("\\.");
    String none = base64("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}");
    rejected("an unsigned token", none + "." + parts[1] + ".");
    rejected("an unsigned token with a signature", none + "." + parts[1] + "." + parts[2]);
    String hmac = base64("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}");
    rejected("a token of another algorithm", hmac + "." + parts[1] + "." + parts[2]);
    String changed = parts[0] + "." + base64("{\"sub\":\"root\"}") + "." + parts[2];
    rejected("a changed token", changed);
  }

  private void rejected(String name, String token) {
    refused(Requirement.NO_TOKEN, name, token, 401, "INVALID_TOKEN");
  }

  private void invalid(Requirement requirement, String name, Consumer<Map<String, Object>> change) {
    refused(requirement, name, with(change), 401, "INVALID_TOKEN");
  }

  private void refused(
      Requirement requirement, String name, String token, int status, String cause) {
    add(requirement, name, valid.with("Authorization", "Bearer " + token), status, cause);
  }

  private void add(
      Requirement requirement, String name, WireRequest request, int status, String cause) {
    found.add(BadRequest.of(requirement, name, request, status, cause));
  }

  private String without(String claim) {
    return with(claims -> claims.remove(claim));
  }

  private String with(Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = new LinkedHashMap<>(good);
    change.accept(claims);
    return issuer.sign(claims);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
