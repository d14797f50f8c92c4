package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.PAIR;
import static io.aipaging.protocol.Samples.reason;
import static io.aipaging.protocol.Samples.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.aipaging.protocol.TokenRejected.Reason;
import java.net.URI;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 section 4.3, point by point; S-42 but for the replay, which is the caller's part. */
class DpopProofTest {
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final URI TARGET = URI.create("https://anchor.example.net/v1/chat/completions");
  private static final ECKey KEY = jwk(PAIR);
  private static final DpopProof.Request REQUEST = request("POST", TARGET, "access.token");

  private static ECKey jwk(KeyPair pair) {
    return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).build();
  }

  private static DpopProof.Request request(String method, URI uri, String token) {
    try {
      return new DpopProof.Request(method, uri, token, KEY.computeThumbprint().toString());
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(String jwk) {
    return "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk + "}";
  }

  private static String payload(Consumer<ObjectNode> change) {
    ObjectNode claims = StrictJson.MAPPER.createObjectNode();
    claims
        .put("jti", "proof-1")
        .put("htm", "POST")
        .put("htu", TARGET.toString())
        .put("iat", NOW.getEpochSecond())
        .put("ath", Crypto.sha256Base64Url("access.token"));
    change.accept(claims);
    return claims.toString();
  }

  private static String proof(Consumer<ObjectNode> change) {
    return signed(header(KEY.toJSONString()), payload(change));
  }

  private static Reason refused(String proof) {
    return reason(() -> DpopProof.verify(proof, REQUEST, NOW, WINDOW));
  }

  @Test
  void aProofForThisRequestIsAccepted() throws Exception {
    assertThat(DpopProof.verify(proof(c -> {}), REQUEST, NOW, WINDOW))
        .isEqualTo(new DpopProof("proof-1", NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "htm,GET",
    "htm,post",
    "htu,https://anchor.example.net/v1/models",
    "htu,http://anchor.example.net/v1/chat/completions",
    "htu,https://other.example.net/v1/chat/completions",
    "htu,https://anchor.example.net:8443/v1/chat/completions",
    "htu,https://anchor.example.net/v1/chat/completions/",
    "htu,/v1/chat/completions",
    "htu,x:y",
    "htu,https://anchor.example.net/v1/chat%2Fcompletions",
    "ath,AAAA"
  })
  void aProofForAnotherRequestIsRefused(String claim, String value) {
    assertThat(refused(proof(c -> c.put(claim, value)))).isEqualTo(Reason.WRONG_BINDING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTPS://Anchor.Example.Net/v1/chat/completions",
        "https://anchor.example.net:443/v1/chat/completions",
        "https://anchor.example.net/v1/chat/completions?a=b#c"
      })
  void equivalentTargetsAreTheSame(String target) throws Exception {
    assertThat(DpopProof.verify(proof(c -> c.put("htu", target)), REQUEST, NOW, WINDOW))
        .isNotNull();
  }

  @Test
  void anEmptyPathIsTheRoot() throws Exception {
    DpopProof.Request root =
        request("POST", URI.create("https://anchor.example.net/"), "access.token");
    String proof = proof(c -> c.put("htu", "https://anchor.example.net"));
    assertThat(DpopProof.verify(proof, root, NOW, WINDOW)).isNotNull();
  }

  @Test
  void aProofForAnotherTokenIsRefused() {
    DpopProof.Request other = request("POST", TARGET, "another.token");
    assertThat(reason(() -> DpopProof.verify(proof(c -> {}), other, NOW, WINDOW)))
        .isEqualTo(Reason.WRONG_BINDING);
  }

  @Test
  void theWindowIsExactBothWays() throws Exception {
    String proof = proof(c -> {});
    for (Instant now : new Instant[] {NOW.plus(WINDOW), NOW.minus(WINDOW)}) {
      assertThat(DpopProof.verify(proof, REQUEST, now, WINDOW)).isNotNull();
    }
    for (Instant now :
        new Instant[] {NOW.plus(WINDOW).plusMillis(1), NOW.minus(WINDOW).minusMillis(1)}) {
      assertThat(reason(() -> DpopProof.verify(proof, REQUEST, now, WINDOW)))
          .isEqualTo(Reason.EXPIRED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jti", "htm", "htu", "iat", "ath"})
  void noClaimMayBeMissingNullOrOfAnotherKind(String claim) {
    assertThat(refused(proof(c -> c.remove(claim)))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(proof(c -> c.putNull(claim)))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(proof(c -> c.put(claim, true)))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test
  void oddClaimsAreRefusedWithoutRepeatingThem() {
    String proof = proof(c -> c.put("htu", "not a\nuri"));
    TokenRejected rejected =
        catchThrowableOfType(
            TokenRejected.class, () -> DpopProof.verify(proof, REQUEST, NOW, WINDOW));
    assertThat(rejected).hasMessage("htu is not a URI");
    assertThat(refused(proof(c -> c.put("jti", "")))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(proof(c -> c.put("jti", "j".repeat(129))))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(proof(c -> c.put("iat", 1.5)))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit+jwt", "at+jwt", "JWT", "none", ""})
  void otherTypesAreRefused(String type) {
    String header = header(KEY.toJSONString()).replace("dpop+jwt", type);
    assertThat(refused(signed(header, payload(c -> {})))).isEqualTo(Reason.WRONG_TYPE);
  }

  @Test
  void commitsAndAistsAreNoProofs() {
    assertThat(refused(new CommitSigner(Samples.KEYS).sign(Samples.serve())))
        .isEqualTo(Reason.WRONG_TYPE);
    assertThat(refused(new AistSigner(Samples.KEYS).sign(Samples.aist())))
        .isEqualTo(Reason.WRONG_TYPE);
  }

  @Test
  void otherAlgorithmsAreRefused() {
    String header = header(KEY.toJSONString()).replace("ES256", "HS256");
    assertThat(refused(signed(header, payload(c -> {})))).isEqualTo(Reason.WRONG_ALGORITHM);
  }

  @Test
  void aProofByAnotherKeyIsRefused() {
    KeyPair thief = Samples.pair("secp256r1");
    assertThat(refused(signed(header(jwk(thief).toJSONString()), payload(c -> {}), thief)))
        .isEqualTo(Reason.WRONG_BINDING);
    assertThat(refused(signed(header(KEY.toJSONString()), payload(c -> {}), thief)))
        .isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void keysThatAreMissingPrivateOrOfAnotherKindAreRefused() {
    String none = "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"kid\":\"" + Samples.KID + "\"}";
    assertThat(refused(signed(none, payload(c -> {})))).isEqualTo(Reason.UNKNOWN_KEY);
    String secret = "{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAA\"}";
    assertThat(refused(signed(header(secret), payload(c -> {}))))
        .isIn(Reason.MALFORMED, Reason.UNKNOWN_KEY);
    String withPrivateHalf =
        new ECKey.Builder(KEY).privateKey((ECPrivateKey) PAIR.getPrivate()).build().toJSONString();
    assertThat(refused(signed(header(withPrivateHalf), payload(c -> {}))))
        .isIn(Reason.MALFORMED, Reason.UNKNOWN_KEY);
    KeyPair large = Samples.pair("secp384r1");
    String otherCurve =
        new ECKey.Builder(Curve.P_384, (ECPublicKey) large.getPublic()).build().toJSONString();
    assertThat(refused(signed(header(otherCurve), payload(c -> {}))))
        .isEqualTo(Reason.BAD_SIGNATURE);
    String offCurve = KEY.toJSONString().replace(KEY.getY().toString(), KEY.getX().toString());
    assertThat(refused(signed(header(offCurve), payload(c -> {})))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void aRequestDoesNotShowItsToken() {
    assertThat(REQUEST.toString()).doesNotContain("access.token");
  }
}
