package io.aipaging.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.ECKey;
import java.security.Provider;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** Both signature providers, each verified by the other. */
class CryptoTest {
  private static final ECKey KEY = Samples.KEYS.active();

  private static Provider corretto() {
    Provider provider = Crypto.corretto();
    boolean required = "1".equals(System.getenv("AIPAGING_REQUIRE_ALL"));
    assumeTrue(required || provider != null, "no native library of ACCP for this platform");
    assertThat(provider).as("ACCP").isNotNull();
    return provider;
  }

  @Test
  void eachProviderVerifiesWhatTheOtherSigned() throws Exception {
    List<Provider> providers = List.of(corretto(), Crypto.portable());
    for (Provider signing : providers) {
      String token = new Jws.Signer(KEY, "commit+jwt", signing).sign("{\"a\":1}");
      for (Provider verifying : providers) {
        JWSObject jws = Jws.parse(token);
        Jws.checkSignature(jws, KEY.toECPublicKey(), verifying);
        assertThat(jws.getPayload().toString()).isEqualTo("{\"a\":1}");
      }
    }
  }

  @Test
  void eachProviderRefusesAnotherKeysSignatureAndZeroNumbers() throws Exception {
    SigningKeys others = SigningKeys.generate();
    String zero = "A".repeat(86);
    for (Provider provider : List.of(corretto(), Crypto.portable())) {
      String token = new Jws.Signer(others.active(), "x", provider).sign("{}");
      String zeroed = token.substring(0, token.lastIndexOf('.') + 1) + zero;
      for (String bad : List.of(token, zeroed)) {
        JWSObject jws = Jws.parse(bad);
        assertThatThrownBy(() -> Jws.checkSignature(jws, KEY.toECPublicKey(), provider))
            .isInstanceOfSatisfying(
                TokenRejected.class,
                e -> assertThat(e.reason()).isEqualTo(TokenRejected.Reason.BAD_SIGNATURE));
      }
    }
  }

  @Test
  void accpIsChosenWhereItLoads() {
    assertThat(Crypto.choose(Crypto::corretto)).isSameAs(corretto()).isSameAs(Crypto.provider());
  }

  @Test
  void bouncyCastleIsChosenWhereAccpIsAbsentOrDoesNotLoad() {
    assertThat(Crypto.choose(() -> null)).isInstanceOf(BouncyCastleProvider.class);
    assertThat(
            Crypto.choose(
                () -> {
                  throw new NoClassDefFoundError("accp");
                }))
        .isInstanceOf(BouncyCastleProvider.class);
  }
}
