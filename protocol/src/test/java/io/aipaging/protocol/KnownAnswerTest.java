package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.AISI;
import static io.aipaging.protocol.Samples.GATE;
import static io.aipaging.protocol.Samples.ISSUER;
import static io.aipaging.protocol.Samples.KEYS;
import static io.aipaging.protocol.Samples.KID;
import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.PAIR;
import static io.aipaging.protocol.Samples.PUBLIC;
import static io.aipaging.protocol.Samples.aist;
import static io.aipaging.protocol.Samples.resource;
import static io.aipaging.protocol.Samples.serve;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Fixed vectors, and an independent JOSE library that agrees with ours in both directions. */
class KnownAnswerTest {
  private static final Duration SKEW = Duration.ofMillis(250);

  @Test
  void fixedCommitsOfBothLibrariesReadAsTheSameValue() throws Exception {
    for (String vector : List.of("commit.jws", "commit-by-jose4j.jws")) {
      Commit read = commits(fixedKeys()).verify(resource(vector), NOW);
      assertThat(read).as(vector).isEqualTo(serve());
    }
  }

  @Test
  void fixedAistsOfBothLibrariesReadAsTheSameValue() throws Exception {
    for (String vector : List.of("aist.jws", "aist-by-jose4j.jws")) {
      Aist read = new AistVerifier(fixedKeys(), ISSUER, SKEW).verify(resource(vector), NOW);
      assertThat(read).as(vector).isEqualTo(aist());
    }
  }

  @Test // L2.3
  void claimsAreWrittenAsTheFixedDocumentsSay() {
    assertThat(Samples.claims(new CommitSigner(KEYS).sign(serve())))
        .isEqualTo(StrictJson.object(resource("commit.json")));
    assertThat(Samples.claims(new AistSigner(KEYS).sign(aist())))
        .isEqualTo(StrictJson.object(resource("aist.json")));
  }

  @Test
  void jose4jVerifiesTheFixedAndFreshCommits() throws Exception {
    assertThat(verifiedByJose4j(resource("commit.jws"), fixedKey(), "commit+jwt"))
        .isEqualTo(resource("commit.json"));
    String fresh = new CommitSigner(KEYS).sign(serve());
    assertThat(StrictJson.object(verifiedByJose4j(fresh, PAIR.getPublic(), "commit+jwt")))
        .isEqualTo(StrictJson.object(resource("commit.json")));
  }

  @Test // L2.11
  void jose4jConsumesOurAistAsAJwtAccessToken() throws Exception {
    String token = new AistSigner(KEYS).sign(aist());
    var claims =
        new JwtConsumerBuilder()
            .setExpectedType(true, "at+jwt")
            .setExpectedIssuer(ISSUER)
            .setExpectedAudience(AISI.toString())
            .setRequireExpirationTime()
            .setRequireNotBefore()
            .setRequireJwtId()
            .setEvaluationTime(NumericDate.fromMilliseconds(NOW.toEpochMilli()))
            .setVerificationKey(PAIR.getPublic())
            .build()
            .processToClaims(token);
    assertThat(claims.getSubject()).isEqualTo("pseudonym-0001");
    assertThat(claims.getStringClaimValue("client_id")).isEqualTo("af-demo");
  }

  @Test
  void tokensFreshlyMadeByJose4jAreAccepted() throws Exception {
    String commit = madeByJose4j("commit+jwt", resource("commit.json"));
    assertThat(commits(PUBLIC).verify(commit, NOW)).isEqualTo(serve());
    String token = madeByJose4j("at+jwt", resource("aist.json"));
    assertThat(new AistVerifier(PUBLIC, ISSUER, SKEW).verify(token, NOW)).isEqualTo(aist());
  }

  @Test
  void keyIdsAreTheThumbprintsJose4jComputes() throws Exception {
    JsonWebKey key = JsonWebKey.Factory.newJwk(PAIR.getPublic());
    assertThat(KID).isEqualTo(key.calculateBase64urlEncodedThumbprint("SHA-256"));
    assertThat(fixedJwk().calculateBase64urlEncodedThumbprint("SHA-256"))
        .isEqualTo("RctKM8uP06G3_4ZNKrNZ0rmr6TBx3dIDqJdyN8kIi-c")
        .isEqualTo(fixedJwk().getKeyId());
  }

  /** RFC 9449 section 7.1: its proof, access token, thumbprint (RFC 7638) and {@code ath}. */
  @Test
  void theProofOfRfc9449IsAccepted() throws Exception {
    String accessToken = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    assertThat(Crypto.sha256Base64Url(accessToken))
        .isEqualTo("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
    Instant made = Instant.ofEpochSecond(1_562_262_618L);
    DpopProof proof =
        DpopProof.verify(
            resource("dpop-rfc9449.jws"),
            new DpopProof.Request(
                "GET",
                URI.create("https://resource.example.org/protectedresource"),
                accessToken,
                "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"),
            made,
            Duration.ofSeconds(5));
    assertThat(proof).isEqualTo(new DpopProof("e1j3V_bKic8-LAEB", made));
  }

  @Test
  void digestsAreThoseOfFips180() {
    assertThat(Crypto.sha256Hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  private static CommitVerifier commits(VerificationKeys keys) {
    return new CommitVerifier(keys, ISSUER, GATE, SKEW);
  }

  private static KeySet fixedKeys() throws JoseException {
    return KeySet.ofJwks(List.of(fixedJwk().toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)));
  }

  private static JsonWebKey fixedJwk() throws JoseException {
    return new JsonWebKeySet(resource("jwks.json")).getJsonWebKeys().getFirst();
  }

  private static Key fixedKey() throws JoseException {
    return fixedJwk().getKey();
  }

  private static String verifiedByJose4j(String token, Key key, String type) throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(
        new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "ES256"));
    jws.setCompactSerialization(token);
    jws.setKey(key);
    assertThat(jws.verifySignature()).isTrue();
    assertThat(jws.getHeader("typ")).isEqualTo(type);
    return jws.getPayload();
  }

  private static String madeByJose4j(String type, String payload) throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(payload);
    jws.setHeader("typ", type);
    jws.setKeyIdHeaderValue(KID);
    jws.setAlgorithmHeaderValue("ES256");
    jws.setKey(PAIR.getPrivate());
    return jws.getCompactSerialization();
  }
}
