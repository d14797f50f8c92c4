package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.GATE;
import static io.aipaging.protocol.Samples.ISSUER;
import static io.aipaging.protocol.Samples.KEYS;
import static io.aipaging.protocol.Samples.KID;
import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.PAIR;
import static io.aipaging.protocol.Samples.PUBLIC;
import static io.aipaging.protocol.Samples.aist;
import static io.aipaging.protocol.Samples.encoded;
import static io.aipaging.protocol.Samples.header;
import static io.aipaging.protocol.Samples.pair;
import static io.aipaging.protocol.Samples.reason;
import static io.aipaging.protocol.Samples.resource;
import static io.aipaging.protocol.Samples.serve;
import static io.aipaging.protocol.Samples.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.aipaging.protocol.TokenRejected.Reason;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the header of a token may not say: S-30 to S-33 and S-35 to S-37. */
class JwsRefusalTest {
  private static final Duration SKEW = Duration.ofMillis(250);
  private static final CommitVerifier COMMITS = new CommitVerifier(PUBLIC, ISSUER, GATE, SKEW);
  private static final AistVerifier AISTS = new AistVerifier(PUBLIC, ISSUER, SKEW);
  private static final String PAYLOAD = resource("commit.json");
  private static final String TOKEN = new CommitSigner(KEYS).sign(serve());

  private static Reason refused(String token) {
    return reason(() -> COMMITS.verify(token, NOW));
  }

  @Test
  void theUntouchedTokenIsAccepted() throws Exception {
    assertThat(COMMITS.verify(signed(header("commit+jwt"), PAYLOAD), NOW)).isEqualTo(serve());
  }

  @ParameterizedTest // L2.1
  @ValueSource(strings = {"at+jwt", "dpop+jwt", "JWT", "jwt", "none", "", "application/at+jwt"})
  void commitVerifierRefusesEveryOtherType(String type) {
    assertThat(refused(signed(header(type), PAYLOAD))).isEqualTo(Reason.WRONG_TYPE);
  }

  @ParameterizedTest // L2.11
  @ValueSource(strings = {"commit+jwt", "dpop+jwt", "JWT", "none", ""})
  void aistVerifierRefusesEveryOtherType(String type) {
    String token = signed(header(type), resource("aist.json"));
    assertThat(reason(() -> AISTS.verify(token, NOW))).isEqualTo(Reason.WRONG_TYPE);
  }

  @Test
  void typeMayNotBeMissing() {
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + KID + "\"}";
    assertThat(refused(signed(header, PAYLOAD))).isEqualTo(Reason.WRONG_TYPE);
    assertThat(reason(() -> AISTS.verify(signed(header, resource("aist.json")), NOW)))
        .isEqualTo(Reason.WRONG_TYPE);
  }

  @Test
  void oneTokenIsNeverGoodForTheOther() {
    assertThat(refused(new AistSigner(KEYS).sign(aist()))).isEqualTo(Reason.WRONG_TYPE);
    assertThat(reason(() -> AISTS.verify(TOKEN, NOW))).isEqualTo(Reason.WRONG_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
  void unsignedTokensAreRefused(String algorithm) {
    String header = header("commit+jwt").replace("ES256", algorithm);
    String input = encoded(header) + "." + encoded(PAYLOAD) + ".";
    assertThat(refused(input)).isEqualTo(Reason.MALFORMED);
    assertThat(refused(input.substring(0, input.length() - 1))).isEqualTo(Reason.MALFORMED);
    assertThat(refused(signed(header, PAYLOAD))).isIn(Reason.MALFORMED, Reason.WRONG_ALGORITHM);
  }

  @ParameterizedTest // L2.1
  @ValueSource(
      strings = {"ES384", "ES512", "ES256K", "RS256", "PS256", "EdDSA", "es256", "Ed25519"})
  void otherAlgorithmsAreRefused(String algorithm) {
    String header = header("commit+jwt").replace("ES256", algorithm);
    assertThat(refused(signed(header, PAYLOAD))).isEqualTo(Reason.WRONG_ALGORITHM);
  }

  @Test
  void aP384SignatureIsRefused() throws Exception {
    KeyPair pair = pair("secp384r1");
    String input = encoded(header("commit+jwt").replace("ES256", "ES384")) + "." + encoded(PAYLOAD);
    Signature signature = Signature.getInstance("SHA384withECDSAinP1363Format");
    signature.initSign(pair.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    assertThat(refused(input + "." + encoded(signature.sign()))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void aKeySourceThatReturnsAnotherCurveDoesNotHelp() {
    ECPublicKey other = (ECPublicKey) pair("secp384r1").getPublic();
    CommitVerifier verifier = new CommitVerifier(kid -> other, ISSUER, GATE, SKEW);
    assertThat(reason(() -> verifier.verify(TOKEN, NOW))).isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void thePublicKeyIsNoHmacSecret() throws Exception {
    byte[] der = PAIR.getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : List.of(der, pem.getBytes(StandardCharsets.US_ASCII))) {
      String input =
          encoded(header("commit+jwt").replace("ES256", "HS256")) + "." + encoded(PAYLOAD);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
      assertThat(refused(input + "." + encoded(tag))).isEqualTo(Reason.MALFORMED);
      byte[] twice = Arrays.copyOf(tag, 64);
      assertThat(refused(input + "." + encoded(twice))).isEqualTo(Reason.WRONG_ALGORITHM);
    }
  }

  @Test
  void unknownAndOutlandishKeyIdsAreRefused() {
    List<String> asked = new ArrayList<>();
    VerificationKeys keys =
        kid -> {
          asked.add(kid);
          return null;
        };
    CommitVerifier verifier = new CommitVerifier(keys, ISSUER, GATE, SKEW);
    for (String kid :
        List.of(
            "../../etc/passwd",
            "x' OR '1'='1",
            "",
            "k".repeat(129),
            "k".repeat(5_000),
            "a\\u0000")) {
      String token = signed(header("commit+jwt").replace(KID, kid), PAYLOAD);
      assertThat(reason(() -> verifier.verify(token, NOW))).as(kid).isEqualTo(Reason.UNKNOWN_KEY);
    }
    assertThat(asked).as("only a plausible id may cost a look-up").isEmpty();
    String unknown = signed(header("commit+jwt").replace(KID, "another-key"), PAYLOAD);
    assertThat(reason(() -> verifier.verify(unknown, NOW))).isEqualTo(Reason.UNKNOWN_KEY);
    assertThat(asked).containsExactly("another-key");
  }

  @Test
  void aKeyIdOfTenThousandCharactersIsNotEvenParsed() {
    String token = signed(header("commit+jwt").replace(KID, "k".repeat(10_000)), PAYLOAD);
    assertThat(refused(token)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void aMissingKeyIdIsRefused() {
    String header = "{\"alg\":\"ES256\",\"typ\":\"commit+jwt\"}";
    assertThat(refused(signed(header, PAYLOAD))).isEqualTo(Reason.UNKNOWN_KEY);
  }

  @Test
  void keysOfOneSetDoNotSignForAnother() {
    KeyPair other = pair("secp256r1");
    assertThat(refused(signed(header("commit+jwt"), PAYLOAD, other)))
        .isEqualTo(Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"],\"exp\":1",
        "\"crit\":[\"b64\"],\"b64\":false",
        "\"crit\":[\"b64\"],\"b64\":true",
        "\"crit\":[\"urn:x\"],\"urn:x\":1",
        "\"b64\":false"
      })
  void criticalHeaderParametersAreRefused(String member) {
    String header = header("commit+jwt").replace("{", "{" + member + ",");
    assertThat(refused(signed(header, PAYLOAD))).isIn(Reason.WRONG_ALGORITHM, Reason.MALFORMED);
  }

  @Test
  void anEmbeddedKeyIsIgnored() {
    KeyPair own = pair("secp256r1");
    String jwk =
        new ECKey.Builder(Curve.P_256, (ECPublicKey) own.getPublic()).build().toJSONString();
    String known = header("commit+jwt").replace("{", "{\"jwk\":" + jwk + ",");
    assertThat(refused(signed(known, PAYLOAD, own))).isEqualTo(Reason.BAD_SIGNATURE);
    String anonymous = "{\"alg\":\"ES256\",\"typ\":\"commit+jwt\",\"jwk\":" + jwk + "}";
    assertThat(refused(signed(anonymous, PAYLOAD, own))).isEqualTo(Reason.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jku", "x5u"})
  void linksToKeysAreNotFollowed(String member) throws Exception {
    String link = "\"" + member + "\":\"https://127.0.0.1:1/keys\"";
    String header = header("commit+jwt").replace("{", "{" + link + ",");
    assertThat(COMMITS.verify(signed(header, PAYLOAD), NOW)).isEqualTo(serve());
    assertThat(refused(signed(header, PAYLOAD, pair("secp256r1")))).isEqualTo(Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alg", "kid", "typ"})
  void duplicateHeaderMembersAreRefused(String member) {
    String header = header("commit+jwt").replace("{", "{\"" + member + "\":\"x\",");
    assertThat(refused(signed(header, PAYLOAD))).isEqualTo(Reason.MALFORMED);
  }
}
