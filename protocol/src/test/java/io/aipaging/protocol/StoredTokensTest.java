package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.KEYS;
import static io.aipaging.protocol.Samples.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTokensTest {
  @Test
  void whatWasSignedIsReadBack() {
    for (CommitRole role : CommitRole.values()) {
      Commit commit = Samples.commit(8, role, LEASE);
      assertThat(StoredTokens.commit(new CommitSigner(KEYS).sign(commit))).isEqualTo(commit);
    }
    Aist aist = Samples.aist();
    assertThat(StoredTokens.aist(new AistSigner(KEYS).sign(aist))).isEqualTo(aist);
  }

  @Test
  void theSignatureIsNotLookedAt() {
    String jws = new CommitSigner(KEYS).sign(Samples.serve());
    String unsigned = jws.substring(0, jws.lastIndexOf('.') + 1) + "none";
    assertThat(StoredTokens.commit(unsigned)).isEqualTo(Samples.serve());
  }

  @Test
  void claimsOutOfRangeAreRefused() {
    String jws = Samples.commitWith(claims -> claims.put("gen", 0));
    assertThatThrownBy(() -> StoredTokens.commit(jws)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a", "a.b", "a.!.c", "a.e30.c", "a.e.c"})
  void whatIsNoTokenIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> StoredTokens.commit(text))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StoredTokens.aist(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
