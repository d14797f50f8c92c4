package io.aipaging.protocol;

import java.time.Instant;

/** The claims of a COMMIT, read strictly and without believing any of them. */
final class CommitClaims {
  private CommitClaims() {}

  /** The COMMIT in {@code payload}; throws {@link IllegalArgumentException} when it is none. */
  static Commit read(String payload) {
    return read(Claims.parse(payload));
  }

  static Commit read(Claims claims) {
    Instant expiresAt = claims.millis("exp_ms");
    Checks.that(
        claims.seconds("exp").getEpochSecond() == expiresAt.getEpochSecond(),
        "exp must be exp_ms in whole seconds");
    return new Commit(
        claims.text("iss"),
        claims.texts("aud"),
        claims.text("jti"),
        new LeaseId(claims.text("lid")),
        new SessionId(claims.text("sid")),
        Aisi.parse(claims.text("aisi")),
        claims.number("gen"),
        role(claims.text("role")),
        claims.node().has("scope") ? scope(claims.text("scope")) : null,
        claims.seconds("iat"),
        claims.seconds("nbf"),
        expiresAt,
        anchor(claims.object("anchor")),
        flow(claims.object("flow")),
        qos(claims.object("qos")));
  }

  private static CommitRole role(String wire) {
    for (CommitRole role : CommitRole.values()) {
      if (role.wire().equals(wire)) {
        return role;
      }
    }
    throw new IllegalArgumentException("role must be serve, drain or end");
  }

  private static EndScope scope(String wire) {
    for (EndScope scope : EndScope.values()) {
      if (scope.wire().equals(wire)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("scope must be lease or session");
  }

  private static AnchorRef anchor(Claims claims) {
    return new AnchorRef(
        claims.text("id"), claims.text("dnai"), TransportAddress.parse(claims.text("endpoint")));
  }

  private static Flow flow(Claims claims) {
    Claims service = claims.object("service");
    return new Flow(
        UeAddress.parse(claims.text("ueAddress")),
        ServiceEndpoint.of(
            service.text("address"), service.text("protocol"), service.integer("port")));
  }

  private static QosGrant qos(Claims claims) {
    return new QosGrant(
        claims.textOrNull("bindingRef"),
        claims.textOrNull("qosReference"),
        claims.textOrNull("maxBwUl"),
        claims.textOrNull("maxBwDl"),
        claims.integerOrNull("dscp"));
  }
}
