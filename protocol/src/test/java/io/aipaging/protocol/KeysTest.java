package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.KEYS;
import static io.aipaging.protocol.Samples.KID;
import static io.aipaging.protocol.Samples.PAIR;
import static io.aipaging.protocol.Samples.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys to sign with and key sets to verify with: lease-protocol §3 "Keys", S-34. */
class KeysTest {
  private static Map<String, Object> with(String name, Object value) {
    Map<String, Object> member = new HashMap<>(KEYS.jwks().getFirst());
    member.put(name, value);
    return member;
  }

  private static Map<String, Object> encrypting() {
    Map<String, Object> member = without("use");
    member.put("key_ops", List.of("encrypt"));
    return member;
  }

  private static Map<String, Object> without(String name) {
    Map<String, Object> member = new HashMap<>(KEYS.jwks().getFirst());
    member.remove(name);
    return member;
  }

  @Test
  void onlyPublicHalvesArePublished() {
    assertThat(KEYS.jwks().getFirst())
        .containsOnlyKeys("kty", "crv", "use", "alg", "kid", "x", "y")
        .containsEntry("alg", "ES256")
        .containsEntry("use", "sig");
  }

  @Test
  void theKeyIdStaysWithTheKey() {
    assertThat(SigningKeys.of(List.of(PAIR)).jwks()).isEqualTo(KEYS.jwks());
  }

  @Test // L2.16
  void rotationNeverRejectsFalsely() throws Exception {
    KeyPair next = pair("secp256r1");
    SigningKeys prepared = SigningKeys.of(List.of(PAIR, next));
    SigningKeys activated = SigningKeys.of(List.of(next, PAIR));
    SigningKeys retired = SigningKeys.of(List.of(next));
    String before = new CommitSigner(prepared).sign(Samples.serve());
    String after = new CommitSigner(activated).sign(Samples.serve());
    for (String token : List.of(before, after)) {
      for (SigningKeys published : List.of(prepared, activated)) {
        assertThat(verifier(published).verify(token, Samples.NOW)).isEqualTo(Samples.serve());
      }
    }
    assertThat(verifier(retired).verify(after, Samples.NOW)).isNotNull();
    assertThat(Samples.reason(() -> verifier(retired).verify(before, Samples.NOW)))
        .isEqualTo(TokenRejected.Reason.UNKNOWN_KEY);
  }

  private static CommitVerifier verifier(SigningKeys published) {
    KeySet keys = KeySet.ofJwks(published.jwks());
    return new CommitVerifier(keys, Samples.ISSUER, Samples.GATE, Duration.ZERO);
  }

  @Test
  void halvesOfTwoPairsAreRefused() {
    KeyPair mixed = new KeyPair(pair("secp256r1").getPublic(), PAIR.getPrivate());
    assertThatThrownBy(() -> SigningKeys.of(List.of(mixed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("belong together");
  }

  @Test
  void otherKindsOfKeysAreRefused() throws Exception {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    for (KeyPair wrong : List.of(rsa, pair("secp384r1"))) {
      assertThatThrownBy(() -> SigningKeys.of(List.of(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a P-256 key pair");
    }
  }

  @Test
  void oneToSixteenDifferentKeysSign() {
    assertThatThrownBy(() -> SigningKeys.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKeys.of(Collections.nCopies(17, PAIR)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKeys.of(List.of(PAIR, PAIR))).hasMessage("a key is repeated");
  }

  @Test
  void keysForOtherPurposesAreLeftOut() {
    ECPublicKey large = (ECPublicKey) pair("secp384r1").getPublic();
    List<Map<String, Object>> others =
        List.of(
            with("use", "enc"),
            with("alg", "ES384"),
            encrypting(),
            without("kid"),
            with("crv", "P-521"),
            with("crv", "unheard-of"),
            with("kty", "RSA"),
            without("kty"),
            new ECKey.Builder(Curve.P_384, large).keyID(KID).build().toJSONObject());
    assertThat(KeySet.ofJwks(others).size()).isZero();
    List<Map<String, Object>> withGood = new ArrayList<>(others);
    withGood.add(KEYS.jwks().getFirst());
    KeySet keys = KeySet.ofJwks(withGood);
    assertThat(keys.size()).isEqualTo(1);
    assertThat(keys.find(KID)).isEqualTo(PAIR.getPublic());
    assertThat(keys.find("other")).isNull();
  }

  @Test
  void useAlgorithmAndOperationsMayBeAbsent() {
    Map<String, Object> plain = without("use");
    plain.remove("alg");
    assertThat(KeySet.ofJwks(List.of(plain)).find(KID)).isNotNull();
    Map<String, Object> verify = new HashMap<>(plain);
    verify.put("key_ops", List.of("verify"));
    assertThat(KeySet.ofJwks(List.of(verify)).find(KID)).isNotNull();
  }

  @Test
  void twoKeysWithOneIdMakeTheSetUnusable() {
    Map<String, Object> other = new HashMap<>(SigningKeys.generate().jwks().getFirst());
    other.put("kid", KID);
    assertThatThrownBy(() -> KeySet.ofJwks(List.of(KEYS.jwks().getFirst(), other)))
        .hasMessage("two keys with one kid");
  }

  @Test
  void publishedSecretsMakeTheSetUnusable() {
    Map<String, Object> symmetric = Map.of("kty", "oct", "k", "AAAA");
    for (Map<String, Object> secret : List.of(with("d", "AAAA"), symmetric)) {
      assertThatThrownBy(() -> KeySet.ofJwks(List.of(secret)))
          .hasMessage("a private key was published");
    }
  }

  @Test // L2.17
  void brokenAndTooManyKeysMakeTheSetUnusable() {
    Object x = KEYS.jwks().getFirst().get("x");
    for (Map<String, Object> broken : List.of(with("y", x), with("x", 5), without("x"))) {
      assertThatThrownBy(() -> KeySet.ofJwks(List.of(broken)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> KeySet.ofJwks(Collections.nCopies(17, without("kid"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
