package io.aipaging.certs;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;

/** Signs access tokens (RFC 9068) with ES256. */
final class TokenSigner {
  private final String issuer;
  private final ECKey key;
  private final Duration life;
  private final InstantSource clock;
  private final ECDSASigner signer;

  TokenSigner(String issuer, ECKey key, Duration life, InstantSource clock) throws JOSEException {
    this.issuer = issuer;
    this.key = key;
    this.life = life;
    this.clock = clock;
    this.signer = new ECDSASigner(key);
  }

  Duration life() {
    return life;
  }

  ECKey publicKey() {
    return key.toPublicJWK();
  }

  String sign(String subject, String audience, String scope) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(subject)
            .audience(audience)
            .claim("client_id", subject)
            .claim("scope", scope)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the token cannot be signed", e);
    }
    return token.serialize();
  }
}
