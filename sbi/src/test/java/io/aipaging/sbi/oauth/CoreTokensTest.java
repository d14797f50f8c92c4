package io.aipaging.sbi.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import io.aipaging.sbi.fixture.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens as NRFs issue them. */
class CoreTokensTest {
  private static final String NRF = "6c1f0b8e-0f3e-4f0e-9b0a-3f6f2a6d1c11";
  private static final String CONSUMER = "0a4c7f02-7a55-4b3e-8a2f-5f1c9f1b7e10";

  @TempDir Path folder;
  private final Tokens tokens = new Tokens();
  private final KeyPair rsa = pair("RSA", 2_048, null);
  private final KeyPair ec = pair("EC", 0, "secp256r1");

  private static KeyPair pair(String kind, int bits, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (curve == null) {
        generator.initialize(bits);
      } else {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private TokenVerifier believing(CoreTokens core) {
    TokenPolicy own = tokens.policy();
    return new TokenVerifier(
        new TokenPolicy(own.issuer(), own.audiences(), own.keys(), core), Instant::now);
  }

  /** free5GC: RS512, neither issuer nor audience. */
  private TokenVerifier free5gc() {
    return believing(new CoreTokens(rsa.getPublic(), null, Set.of()));
  }

  private TokenVerifier rel18() {
    return believing(new CoreTokens(ec.getPublic(), NRF, Set.of("CUSTOM_AIPF", "AF")));
  }

  private static Map<String, Object> claims(Object issuer, Object audience) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("sub", CONSUMER);
    claims.put("aud", audience);
    claims.put("scope", "naipf-paging naipf-events");
    claims.put("exp", Instant.now().plusSeconds(1_000).getEpochSecond());
    claims.put("iat", Instant.now().getEpochSecond());
    return claims;
  }

  private static String signed(
      JWSAlgorithm algorithm, String type, JWSSigner signer, Map<String, Object> claims) {
    try {
      JWSHeader header = new JWSHeader.Builder(algorithm).type(new JOSEObjectType(type)).build();
      JWSObject jws = new JWSObject(header, new Payload(claims));
      jws.sign(signer);
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String rs(JWSAlgorithm algorithm, Map<String, Object> claims) {
    return signed(algorithm, "JWT", new RSASSASigner(rsa.getPrivate()), claims);
  }

  private String es(Map<String, Object> claims) throws JOSEException {
    return signed(
        JWSAlgorithm.ES256, "JWT", new ECDSASigner((ECPrivateKey) ec.getPrivate()), claims);
  }

  private static void rejected(TokenVerifier verifier, String token, String rule) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOf(TokenRejected.class)
        .hasMessage(rule);
  }

  @Test
  void aTokenWithoutIssuerAndAudienceIsReadWhereThatIsHowTheCoreMakesThem() throws Exception {
    TokenVerifier verifier = free5gc();
    String token = rs(JWSAlgorithm.RS512, claims("", ""));
    for (int i = 0; i < 2; i++) {
      AccessToken read = verifier.verify(token);
      assertThat(read.subject()).isEqualTo(CONSUMER);
      assertThat(read.scopes()).containsExactlyInAnyOrder("naipf-paging", "naipf-events");
    }
    assertThat(verifier.verify(tokens.token("nf-1", "a")).subject()).isEqualTo("nf-1");
  }

  /** Our own issuer's clients and operator scopes are not a core's to name. */
  @Test
  void itsSubjectIsAnNfInstanceAndItsScopesAreServices() throws Exception {
    Map<String, Object> claims = claims("", "");
    claims.put("scope", "naipf-paging naipf-paging:operate");
    assertThat(free5gc().verify(rs(JWSAlgorithm.RS512, claims)).scopes())
        .containsExactly("naipf-paging");
    claims.put("sub", "nf-nef");
    rejected(free5gc(), rs(JWSAlgorithm.RS512, claims), "sub");
  }

  @Test
  void aTokenForSomebodyElseIsNotBelievedForWantOfAnExpectation() {
    rejected(free5gc(), rs(JWSAlgorithm.RS512, claims("", "PCF")), "aud");
    rejected(free5gc(), rs(JWSAlgorithm.RS512, claims("", List.of("PCF"))), "aud");
    rejected(free5gc(), rs(JWSAlgorithm.RS512, claims(NRF, "")), "iss");
  }

  @Test
  void aRelease18NrfsTokenNamesItAndUs() throws Exception {
    assertThat(rel18().verify(es(claims(NRF, "CUSTOM_AIPF"))).subject()).isEqualTo(CONSUMER);
    assertThat(rel18().verify(es(claims(NRF, List.of("x", "AF")))).subject()).isEqualTo(CONSUMER);
    rejected(rel18(), es(claims(NRF, "PCF")), "aud");
    rejected(rel18(), es(claims("other", "AF")), "iss");
    assertThatThrownBy(() -> rel18().verify(es(claims("", "AF"))))
        .isInstanceOf(TokenRejected.class);
  }

  /** The kind of key says which signatures there are: a public key never becomes a secret. */
  @Test
  void noOtherSignatureIsLookedAt() throws Exception {
    byte[] asSecret = rsa.getPublic().getEncoded();
    String mac = signed(JWSAlgorithm.HS512, "JWT", new MACSigner(asSecret), claims("", ""));
    rejected(free5gc(), mac, "alg");
    rejected(free5gc(), rs(JWSAlgorithm.RS256, claims("", "")), "alg");
    rejected(free5gc(), es(claims("", "")), "alg");
    String others =
        signed(
            JWSAlgorithm.RS512,
            "JWT",
            new RSASSASigner(pair("RSA", 2_048, null).getPrivate()),
            claims("", ""));
    rejected(free5gc(), others, "signature");
    String own =
        signed(JWSAlgorithm.RS512, "at+jwt", new RSASSASigner(rsa.getPrivate()), claims("", ""));
    rejected(free5gc(), own, "alg");
  }

  @Test
  void withoutThatChoiceACoresTokenIsNone() throws Exception {
    TokenVerifier verifier = new TokenVerifier(tokens.policy(), Instant::now);
    rejected(verifier, rs(JWSAlgorithm.RS512, claims("", "")), "alg");
    rejected(verifier, es(claims(NRF, Tokens.AUDIENCE)), "typ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "exp", "scope"})
  void whatATokenMustSayItMustSayHereToo(String claim) {
    Map<String, Object> claims = claims("", "");
    claims.remove(claim);
    rejected(free5gc(), rs(JWSAlgorithm.RS512, claims), claim + " missing");
  }

  @Test
  void anExpiredOneIsNone() {
    Map<String, Object> claims = claims("", "");
    claims.put("exp", Instant.now().minusSeconds(1).getEpochSecond());
    rejected(free5gc(), rs(JWSAlgorithm.RS512, claims), "expired");
  }

  private Path pem(PublicKey key) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return Files.writeString(
        folder.resolve("nrf.pem"),
        "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n");
  }

  @Test
  void theKeyIsReadFromItsFile() throws Exception {
    for (PublicKey key : List.of(rsa.getPublic(), ec.getPublic())) {
      assertThat(new CoreTokensConfig(pem(key), null, List.of()).tokens().key()).isEqualTo(key);
    }
  }

  @Test
  void aFileWithoutAUsableKeyIsSaidToBeSo() throws Exception {
    List<Path> files =
        List.of(
            folder.resolve("missing.pem"),
            Files.writeString(folder.resolve("nonsense.pem"), "-----BEGIN PUBLIC KEY-----"),
            Files.writeString(folder.resolve("long.pem"), "x".repeat(20_000)),
            pem(pair("EC", 0, "secp384r1").getPublic()));
    for (Path file : files) {
      assertThatThrownBy(() -> new CoreTokensConfig(file, null, List.of()).tokens())
          .hasMessageStartingWith("oauth.core.key-file: " + file);
    }
  }

  @Test
  void aShortRsaKeyIsRefused() throws Exception {
    Path file = pem(pair("RSA", 1_024, null).getPublic());
    assertThatThrownBy(() -> new CoreTokensConfig(file, null, List.of()).tokens())
        .hasMessageContaining("2048 bits");
  }
}
