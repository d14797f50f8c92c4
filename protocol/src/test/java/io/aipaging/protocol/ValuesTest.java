package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @ValueSource(strings = {"urn:aisi:example.net:chat-llm:premium:1.2", "urn:aisi:a:b:c:1"})
  void aisisAreReadBack(String urn) {
    assertThat(Aisi.parse(urn)).hasToString(urn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "urn:aisi:a:b:c", "urn:aisi:a:b:c:1:2", "URN:AISI:a:b:c:1", "urn:aisi:A:b:c:1",
        "urn:aisi:-a:b:c:1", "urn:aisi:a.:b:c:1", "urn:aisi:a:b_:c:1", "urn:aisi:a:b:c:",
            "urn:aisi::b:c:1",
        "urn:aisi:a:b:c:1\n", "x-urn:aisi:a:b:c:1"
      })
  void whatIsNoAisiIsRefused(String urn) {
    assertThatThrownBy(() -> Aisi.parse(urn)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "short", "with space", "../../etc/passwd", "tab\tbed-id", "id-with-é-in-it"})
  void idsAreOpaqueAndHarmless(String id) {
    assertThatThrownBy(() -> new SessionId(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LeaseId(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SessionId("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theUeHashIsTruncatedHmacSha256OverSessionAndAddress() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    byte[] full = mac.doFinal("ueh\nsession-0001\n2001:db8::1".getBytes(StandardCharsets.US_ASCII));
    assertThat(new UeHashKey(KEY).hash(SESSION, UeAddress.parse("2001:DB8:0::1")))
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, 16)))
        .hasSize(22);
  }

  @Test
  void theUeHashDiffersByAddressSessionKeyAndPurpose() {
    UeHashKey key = new UeHashKey(KEY);
    byte[] changed = KEY.clone();
    changed[0] ^= 1;
    UeAddress ue = UeAddress.parse("10.45.0.2");
    assertThat(key.hash(SESSION, ue))
        .isEqualTo(key.hash(SESSION, ue))
        .isNotEqualTo(key.hash(SESSION, UeAddress.parse("10.45.0.3")))
        .isNotEqualTo(key.hash(new SessionId("session-0002"), ue))
        .isNotEqualTo(new UeHashKey(changed).hash(SESSION, ue))
        .isNotEqualTo(key.pseudonym("session-0001", "10.45.0.2"));
    assertThat(key.pseudonym("af-1", "ue")).isNotEqualTo(key.pseudonym("af-2", "ue"));
  }

  @Test
  void aShortUeHashKeyIsRefused() {
    assertThatThrownBy(() -> new UeHashKey(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theKeyIsCopied() {
    byte[] bytes = KEY.clone();
    UeHashKey key = new UeHashKey(bytes);
    String before = key.pseudonym("a", "b");
    Arrays.fill(bytes, (byte) 0);
    assertThat(key.pseudonym("a", "b")).isEqualTo(before);
  }

  @Test
  void aLeaseIsLiveUntilItsLastMillisecond() {
    Commit commit = Samples.serve();
    assertThat(commit.isLive(commit.expiresAt().minusMillis(1))).isTrue();
    assertThat(commit.isLive(commit.expiresAt())).isFalse();
  }

  @Test
  void timesBeyondTheWireAreRefused() {
    for (Instant time : new Instant[] {Instant.MAX, Instant.MIN, Instant.EPOCH.minusMillis(1)}) {
      assertThatThrownBy(() -> Samples.commit(1, CommitRole.END, Samples.LEASE, time))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void qosIsInRange() {
    assertThat(new QosGrant(null, null, "1.5 Gbps", null, 63).dscp()).isEqualTo(63);
    for (String rate : new String[] {"20Mbps", "20 mbps", "-1 Mbps", "1e3 Mbps", ""}) {
      assertThatThrownBy(() -> new QosGrant(null, null, rate, null, null))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new QosGrant(null, null, null, null, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10.45.0.2, 10.45.0.2",
    "2001:db8:1:2::7, 2001:db8:1:2::/64",
    "2001:db8:1:2:3::/80, 2001:db8:1:2::/64",
    "2001:db8:1:2::/64, 2001:db8:1:2::/64",
    "2001:db8:1::/56, 2001:db8:1::/56"
  })
  void aPduSessionIsKnownByItsAddressOrPrefix(String sender, String pduSession) {
    assertThat(UeAddress.parse(sender).ofPduSession()).isEqualTo(UeAddress.parse(pduSession));
  }
}
