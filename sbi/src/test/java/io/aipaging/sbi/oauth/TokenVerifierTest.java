package io.aipaging.sbi.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.aipaging.sbi.fixture.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S-02 to S-04, S-30 to S-33, S-36 to S-39 of the checklist. */
class TokenVerifierTest {
  private final Tokens tokens = new Tokens();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;
  private final TokenVerifier verifier = new TokenVerifier(tokens.policy(), clock);

  @Test
  void aGoodTokenIsRead() throws Exception {
    AccessToken token = verifier.verify(tokens.token("nf-1", "a b:c"));
    assertThat(token.subject()).isEqualTo("nf-1");
    assertThat(token.scopes()).containsExactlyInAnyOrder("a", "b:c");
  }

  @Test
  void aScopeNamedTwiceIsOneScope() throws Exception {
    assertThat(verifier.verify(tokens.token("nf-1", "a a")).scopes()).containsExactly("a");
  }

  @Test
  void theAudienceMayBeOneOfSeveral() throws Exception {
    Map<String, Object> claims = tokens.claims("nf-1", "a");
    claims.put("aud", List.of("x", Tokens.AUDIENCE));
    assertThat(verifier.verify(signed(claims)).subject()).isEqualTo("nf-1");
    claims.put("aud", List.of("x", "y"));
    rejected(signed(claims), "aud");
    claims.put("aud", List.of());
    rejected(signed(claims), "aud");
    claims.put("aud", Map.of("a", Tokens.AUDIENCE));
    rejected(signed(claims), "aud");
  }

  @Test
  void thereIsNoSkew() throws Exception {
    Map<String, Object> claims = tokens.claims("nf-1", "a");
    long exp = now.get().plusSeconds(10).getEpochSecond();
    claims.put("exp", exp);
    String token = signed(claims);
    now.set(Instant.ofEpochSecond(exp).minusMillis(1));
    assertThat(verifier.verify(token).subject()).isEqualTo("nf-1");
    now.set(Instant.ofEpochSecond(exp));
    rejected(token, "expired");
    rejected(signed(claims), "expired");
    Map<String, Object> future = tokens.claims("nf-1", "a");
    future.put("nbf", now.get().plusSeconds(1).getEpochSecond());
    rejected(signed(future), "not yet valid");
  }

  @Test
  void timesAreWholeSeconds() {
    for (Object exp :
        new Object[] {
          "4102444800",
          4102444800.5,
          new java.math.BigInteger("9223372036854775808"),
          Long.MAX_VALUE,
          -1,
          true
        }) {
      Map<String, Object> claims = tokens.claims("nf-1", "a");
      claims.put("exp", exp);
      rejected(signed(claims), "exp");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "aud", "exp", "scope"})
  void aMissingClaimIsSaidToBeMissing(String claim) {
    Map<String, Object> claims = tokens.claims("nf-1", "a");
    claims.remove(claim);
    assertThatThrownBy(() -> verifier.verify(signed(claims)))
        .isInstanceOfSatisfying(
            TokenRejected.class, e -> assertThat(e.claimMissing()).as(claim).isTrue());
  }

  @Test
  void anotherIssuerIsRejected() {
    Map<String, Object> claims = tokens.claims("nf-1", "a");
    claims.put("iss", "https://other.example");
    rejected(signed(claims), "iss");
  }

  @Test
  void aSubjectThatCouldBreakALogLineIsRejected() {
    for (String subject : List.of("a\r\nb", "a b", "ü", "x".repeat(257))) {
      rejected(signed(tokens.claims(subject, "a")), "sub");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "dpop+jwt", "commit+jwt", "at", ""})
  void anotherTypeIsRejected(String typ) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(typ)).keyID("k1").build();
    rejected(tokens.sign(header, tokens.claims("nf-1", "a")), "typ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "NONE", "HS256", "ES384", "RS256", "es256", ""})
  void anotherAlgorithmIsRejected(String alg) {
    String header = "{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}";
    String payload = tokens.token("nf-1", "a").split("\\.")[1];
    rejected(encoded(header) + "." + payload + "." + "A".repeat(86), "alg");
    assertThatThrownBy(() -> verifier.verify(encoded(header) + "." + payload + "."))
        .isInstanceOf(TokenRejected.class);
  }

  @Test
  void thePublicKeyIsNoSharedSecret() throws Exception {
    byte[] secret = tokens.key().toECPublicKey().getEncoded();
    JWSObject jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("k1")
                .build(),
            new Payload(tokens.claims("nf-1", "a")));
    jws.sign(new MACSigner(secret));
    assertThatThrownBy(() -> verifier.verify(jws.serialize())).isInstanceOf(TokenRejected.class);
  }

  @Test
  void anEmbeddedKeyIsNotLookedAt() throws Exception {
    ECKey own = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    JWSHeader embedded =
        tokens
            .header()
            .jwk(own.toPublicJWK())
            .jwkURL(URI.create("http://127.0.0.1:1/jwks"))
            .x509CertURL(URI.create("http://127.0.0.1:1/cert"))
            .build();
    rejected(tokens.sign(embedded, new Payload(tokens.claims("nf-1", "a")), own), "signature");
  }

  @Test
  void criticalHeadersAreRejected() {
    JWSHeader header =
        tokens.header().customParam("exp2", 1).criticalParams(Set.of("exp2")).build();
    rejected(tokens.sign(header, tokens.claims("nf-1", "a")), "crit");
  }

  @Test
  void anUnknownOrUnfitKidIsRejected() {
    for (String kid : List.of("k2", "../../etc/passwd", "' or 1=1--", "x".repeat(10_000))) {
      JWSHeader header = tokens.header().keyID(kid).build();
      assertThatThrownBy(() -> verifier.verify(tokens.sign(header, tokens.claims("nf-1", "a"))))
          .isInstanceOf(TokenRejected.class);
    }
    rejected(tokens.sign(tokens.header().keyID(null).build(), tokens.claims("nf-1", "a")), "kid");
  }

  @Test
  void whatIsChangedOrAppendedBreaksTheToken() {
    String token = tokens.token("nf-1", "a");
    String[] parts = token.split("\\.");
    for (String broken :
        List.of(
            token + "A",
            token + ".",
            token + "\0",
            token + "=",
            " " + token,
            token + "\n",
            parts[0] + "." + parts[1],
            parts[0] + ".." + parts[2],
            "",
            parts[0] + "." + parts[1] + "." + "A".repeat(86),
            parts[0] + "." + encoded("{\"iss\":1}") + "." + parts[2])) {
      assertThatThrownBy(() -> verifier.verify(broken)).isInstanceOf(TokenRejected.class);
    }
  }

  @Test
  void claimsNamedTwiceAreRejected() {
    String claims =
        "{\"iss\":\""
            + Tokens.ISSUER
            + "\",\"sub\":\"a\",\"sub\":\"b\",\"aud\":\""
            + Tokens.AUDIENCE
            + "\",\"scope\":\"a\",\"exp\":4102444800}";
    rejected(
        tokens.sign(tokens.header().build(), new Payload(Base64URL.encode(claims)), tokens.key()),
        "not a JSON object");
  }

  @Test
  void aWithdrawnKeyTakesItsTokensAlong() throws Exception {
    AtomicReference<ECPublicKey> key = new AtomicReference<>(tokens.key().toECPublicKey());
    TokenVerifier rotating =
        new TokenVerifier(
            new TokenPolicy(Tokens.ISSUER, Set.of(Tokens.AUDIENCE), kid -> key.get()), clock);
    String token = tokens.token("nf-1", "a");
    assertThat(rotating.verify(token)).isEqualTo(rotating.verify(token));
    key.set(new ECKeyGenerator(Curve.P_256).generate().toECPublicKey());
    assertThatThrownBy(() -> rotating.verify(token)).hasMessage("signature");
    key.set(null);
    assertThatThrownBy(() -> rotating.verify(token)).hasMessage("unknown kid");
  }

  private String signed(Map<String, Object> claims) {
    return tokens.sign(tokens.header().build(), claims);
  }

  private void rejected(String token, String rule) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOf(TokenRejected.class)
        .hasMessage(rule);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
