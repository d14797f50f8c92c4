package io.aipaging.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.sbi.oauth.TokenRejected;
import io.aipaging.sbi.oauth.TokenVerifier;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DevTokensTest {
  @Test
  void itsPolicyBelievesItsTokensAndNoOtherIssuers() throws Exception {
    DevTokens tokens = DevTokens.issuerInMemory();
    TokenVerifier verifier =
        new TokenVerifier(tokens.policy("AIPF", "aipf-1"), InstantSource.system());
    assertThat(verifier.verify(tokens.token("nef-1", "AIPF", "a b")).scopes())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(verifier.verify(tokens.source("nef-1", "aipf-1").token("a")).subject())
        .isEqualTo("nef-1");
    assertThatThrownBy(() -> verifier.verify(tokens.token("nef-1", "PCF", "a")))
        .isInstanceOf(TokenRejected.class);
    assertThatThrownBy(
            () -> verifier.verify(DevTokens.issuerInMemory().token("nef-1", "AIPF", "a")))
        .isInstanceOf(TokenRejected.class);
  }
}
