package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.ISSUER;
import static io.aipaging.protocol.Samples.KEYS;
import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.PUBLIC;
import static io.aipaging.protocol.Samples.aist;
import static io.aipaging.protocol.Samples.aistWith;
import static io.aipaging.protocol.Samples.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.protocol.TokenRejected.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an AIST may claim and when: lease-protocol §1 and §3, S-38. */
class AistVerifierTest {
  private static final Duration SKEW = Duration.ofMillis(250);
  private static final AistVerifier VERIFIER = new AistVerifier(PUBLIC, ISSUER, SKEW);
  private static final Instant EXPIRES_AT = aist().expiresAt();

  private static Reason refused(Consumer<ObjectNode> change) {
    String token = aistWith(change);
    return reason(() -> VERIFIER.verify(token, NOW));
  }

  @Test
  void everyKindOfConfirmationIsReadBack() throws Exception {
    Aist a = aist();
    for (Confirmation confirmation :
        new Confirmation[] {
          new Confirmation.UeAddressHash("0123456789abcdefABCDEF"),
          new Confirmation.DpopKey("k".repeat(43)),
          new Confirmation.ClientCertificate("c".repeat(43))
        }) {
      Aist aist =
          new Aist(
              ISSUER,
              a.subject(),
              a.clientId(),
              a.aisi(),
              a.session(),
              a.scope(),
              confirmation,
              NOW.plusNanos(1),
              EXPIRES_AT.plusNanos(1),
              a.jti());
      assertThat(VERIFIER.verify(new AistSigner(KEYS).sign(aist), NOW)).isEqualTo(aist);
    }
  }

  @Test
  void expiryIsExactAndSkewNeverLengthensIt() throws Exception {
    String token = aistWith(c -> {});
    assertThat(VERIFIER.verify(token, EXPIRES_AT.minusMillis(1))).isEqualTo(aist());
    assertThat(reason(() -> VERIFIER.verify(token, EXPIRES_AT))).isEqualTo(Reason.EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf"})
  void aStartBeyondTheSkewBoundIsRefusedAndWithinItAccepted(String claim) throws Exception {
    Instant start = NOW.plusSeconds(1);
    String token = aistWith(c -> c.put(claim, start.getEpochSecond()));
    assertThat(VERIFIER.verify(token, start.minus(SKEW))).isNotNull();
    assertThat(reason(() -> VERIFIER.verify(token, start.minus(SKEW).minusMillis(1))))
        .isEqualTo(Reason.NOT_YET_VALID);
  }

  @Test
  void anotherIssuerIsRefused() {
    assertThat(refused(c -> c.put("iss", "aipf-set-2"))).isEqualTo(Reason.WRONG_ISSUER);
  }

  @Test
  void audienceIsTheAisi() {
    assertThat(refused(c -> c.put("aud", "urn:aisi:example.net:other:premium:1.2")))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putArray("aud").add(Samples.AISI.toString())))
        .isEqualTo(Reason.INVALID_CLAIM);
  }

  @ParameterizedTest // L2.11
  @ValueSource(
      strings = {
        "iss",
        "sub",
        "client_id",
        "aud",
        "aisi",
        "sid",
        "scope",
        "iat",
        "nbf",
        "exp",
        "jti",
        "cnf"
      })
  void noClaimMayBeMissingNullOrOfAnotherKind(String claim) {
    assertThat(refused(c -> c.remove(claim))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putNull(claim))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, false))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "iat", "nbf"})
  void timesAreIntegersInRange(String claim) {
    assertThat(refused(c -> c.put(claim, "1790000001"))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, 1_790_000_001.0))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, BigInteger.TWO.pow(63)))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, -1))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test // L2.13
  void aTokenIsBoundToExactlyOneThing() {
    assertThat(refused(c -> c.putObject("cnf"))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putObject("cnf").put("kid", "x".repeat(43))))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> ((ObjectNode) c.get("cnf")).put("ueh", "x".repeat(22))))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putObject("cnf").put("jkt", ""))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test
  void aTokenThatEndsBeforeItStartsIsRefused() {
    assertThat(refused(c -> c.put("iat", EXPIRES_AT.getEpochSecond())))
        .isEqualTo(Reason.INVALID_CLAIM);
  }

  @ParameterizedTest // L2.12
  @ValueSource(strings = {"imsi-001010000000001", "msisdn-491700000001", "001010000000001"})
  void theSubjectIsNeverTheSubscribersOwnIdentity(String subject) {
    assertThat(refused(c -> c.put("sub", subject))).isEqualTo(Reason.INVALID_CLAIM);
  }
}
