package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.GATE;
import static io.aipaging.protocol.Samples.ISSUER;
import static io.aipaging.protocol.Samples.KEYS;
import static io.aipaging.protocol.Samples.LEASE;
import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.PUBLIC;
import static io.aipaging.protocol.Samples.commit;
import static io.aipaging.protocol.Samples.commitWith;
import static io.aipaging.protocol.Samples.header;
import static io.aipaging.protocol.Samples.reason;
import static io.aipaging.protocol.Samples.resource;
import static io.aipaging.protocol.Samples.serve;
import static io.aipaging.protocol.Samples.sessionEnd;
import static io.aipaging.protocol.Samples.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.protocol.TokenRejected.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a COMMIT may claim and when: lease-protocol §3 and §6, S-38. */
class CommitVerifierTest {
  private static final Duration SKEW = Duration.ofMillis(250);
  private static final CommitVerifier VERIFIER = new CommitVerifier(PUBLIC, ISSUER, GATE, SKEW);
  private static final CommitSigner SIGNER = new CommitSigner(KEYS);
  private static final Instant EXPIRES_AT = serve().expiresAt();

  private static Reason refused(String token, Instant now) {
    return reason(() -> VERIFIER.verify(token, now));
  }

  private static Reason refused(Consumer<ObjectNode> change) {
    return refused(commitWith(change), NOW);
  }

  @ParameterizedTest
  @MethodSource("allKinds")
  void whatWasSignedIsWhatIsRead(Commit commit) throws Exception {
    assertThat(VERIFIER.verify(SIGNER.sign(commit), NOW)).isEqualTo(commit);
  }

  static List<Commit> allKinds() {
    Commit c = serve();
    return List.of(
        c,
        commit(8, CommitRole.DRAIN, LEASE),
        commit(9, CommitRole.END, LEASE),
        sessionEnd(10, LEASE, EXPIRES_AT),
        new Commit(
            ISSUER,
            List.of(GATE),
            "jti-0000-0003",
            LEASE,
            c.session(),
            c.aisi(),
            1,
            CommitRole.SERVE,
            null,
            NOW.plusNanos(7),
            NOW.plusNanos(8),
            EXPIRES_AT.plusNanos(9),
            new AnchorRef("b", "d", TransportAddress.parse("10.0.0.9:1")),
            new Flow(UeAddress.parse("10.45.0.2"), ServiceEndpoint.of("2001:db8::8", "UDP", 53)),
            QosGrant.NONE));
  }

  @Test // L2.4
  void anotherIssuerIsRefused() {
    assertThat(refused(c -> c.put("iss", "aipf-set-2"))).isEqualTo(Reason.WRONG_ISSUER);
  }

  @Test // L2.5
  void anotherEnforcersCommitIsRefused() {
    assertThat(refused(c -> c.putArray("aud").add("gate-2"))).isEqualTo(Reason.WRONG_AUDIENCE);
    assertThat(refused(c -> c.putArray("aud").add("GATE-1"))).isEqualTo(Reason.WRONG_AUDIENCE);
  }

  @Test // L2.9
  void expMsDecidesToTheMillisecond() throws Exception {
    String token = SIGNER.sign(serve());
    assertThat(VERIFIER.verify(token, EXPIRES_AT.minusMillis(1))).isEqualTo(serve());
    assertThat(refused(token, EXPIRES_AT)).isEqualTo(Reason.EXPIRED);
    assertThat(refused(token, EXPIRES_AT.plusMillis(1))).isEqualTo(Reason.EXPIRED);
  }

  @Test
  void skewNeverLengthensALease() {
    CommitVerifier lenient = new CommitVerifier(PUBLIC, ISSUER, GATE, Duration.ofHours(1));
    assertThat(reason(() -> lenient.verify(SIGNER.sign(serve()), EXPIRES_AT)))
        .isEqualTo(Reason.EXPIRED);
  }

  @ParameterizedTest // L6.2
  @ValueSource(strings = {"iat", "nbf"})
  void aStartBeyondTheSkewBoundIsRefusedAndWithinItAccepted(String claim) throws Exception {
    long second = NOW.getEpochSecond() + 1;
    String token = commitWith(c -> c.put(claim, second));
    Instant start = Instant.ofEpochSecond(second);
    assertThat(VERIFIER.verify(token, start.minus(SKEW))).isNotNull();
    assertThat(refused(token, start.minus(SKEW).minusMillis(1))).isEqualTo(Reason.NOT_YET_VALID);
  }

  @Test // L3.7
  void anEndIsObeyedEvenIfLateOrEarly() throws Exception {
    for (Commit end : List.of(commit(9, CommitRole.END, LEASE), sessionEnd(9, LEASE, EXPIRES_AT))) {
      String token = SIGNER.sign(end);
      assertThat(VERIFIER.verify(token, EXPIRES_AT.plus(Duration.ofDays(30)))).isEqualTo(end);
      assertThat(VERIFIER.verify(token, NOW.minus(Duration.ofDays(30)))).isEqualTo(end);
      assertThat(end.isLive(NOW)).isFalse();
    }
  }

  @Test
  void aForgedOrForeignEndIsStillRefused() {
    String end = SIGNER.sign(commit(9, CommitRole.END, LEASE));
    CommitVerifier other = new CommitVerifier(PUBLIC, ISSUER, "gate-2", SKEW);
    assertThat(reason(() -> other.verify(end, NOW))).isEqualTo(Reason.WRONG_AUDIENCE);
    String forged = signed(header("commit+jwt"), "{}", Samples.pair("secp256r1"));
    assertThat(refused(forged, NOW)).isEqualTo(Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest // L2.3
  @ValueSource(
      strings = {
        "iss", "aud", "jti", "lid", "sid", "aisi", "gen", "role", "iat", "nbf", "exp", "exp_ms",
        "anchor", "flow", "qos"
      })
  void noClaimMayBeMissingNullOrOfAnotherKind(String claim) {
    assertThat(refused(c -> c.remove(claim))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putNull(claim))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, true))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putArray(claim).addArray())).isEqualTo(Reason.INVALID_CLAIM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "exp_ms", "iat", "nbf", "gen"})
  void numbersAreIntegersInRange(String claim) {
    ObjectNode good = Samples.claims(SIGNER.sign(serve()));
    long value = good.get(claim).longValue();
    assertThat(refused(c -> c.put(claim, Long.toString(value)))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, (double) value))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, BigInteger.TWO.pow(63)))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, BigInteger.TWO.pow(64).add(BigInteger.valueOf(value)))))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, Long.MAX_VALUE))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put(claim, -1))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test // L2.9
  void expIsExpMsInWholeSeconds() {
    long seconds = EXPIRES_AT.getEpochSecond();
    assertThat(refused(c -> c.put("exp", seconds + 1))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put("exp", seconds - 1))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put("exp_ms", (seconds + 1) * 1000))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test
  void generationsCountFromOneAndStayExactInEveryJsonReader() {
    for (long gen : List.of(0L, -1L, Long.MIN_VALUE, 1L << 53)) {
      assertThat(refused(c -> c.put("gen", gen))).isEqualTo(Reason.INVALID_CLAIM);
    }
    assertThat(commit((1L << 53) - 1, CommitRole.SERVE, LEASE).gen()).isPositive();
  }

  @ParameterizedTest // L2.6
  @ValueSource(strings = {"SERVE", "Serve", "\u017ferve", "dra\u0131n", "", "stop", "serve "})
  void rolesHaveOneSpelling(String role) {
    assertThat(refused(c -> c.put("role", role))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test // L2.7
  void scopeBelongsToEndAndOnlyThere() {
    assertThat(refused(c -> c.put("scope", "lease"))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put("role", "drain").put("scope", "session")))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put("role", "end"))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put("role", "end").putNull("scope"))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put("role", "end").put("scope", "LEASE")))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put("role", "end").put("scope", "all")))
        .isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test
  void aLeaseThatEndsBeforeItStartsIsRefused() {
    long late = EXPIRES_AT.getEpochSecond() + 1;
    assertThat(refused(c -> c.put("nbf", late))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.put("iat", late))).isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test // L2.5
  void audienceIsAnArrayOfOneToSixteenIds() {
    assertThat(refused(c -> c.put("aud", GATE))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putArray("aud"))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putArray("aud").add(GATE).add(1))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> c.putArray("aud").add(GATE).add("a b")))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(
            refused(
                c -> {
                  var audience = c.putArray("aud");
                  for (int i = 0; i < 17; i++) {
                    audience.add(GATE);
                  }
                }))
        .isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test // L2.3
  void nestedMembersAreCheckedToo() {
    assertThat(refused(c -> object(c, "anchor").put("endpoint", "localhost:8443")))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> object(c, "anchor").remove("dnai"))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> object(c, "flow").put("ueAddress", "ue.example.net")))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> object(object(c, "flow"), "service").put("port", (1L << 32) + 80)))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> object(object(c, "flow"), "service").put("protocol", "tcp")))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> object(c, "qos").put("dscp", 64))).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> object(c, "qos").put("dscp", (1L << 32) + 46)))
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(refused(c -> object(c, "qos").put("maxBwUl", "fast")))
        .isEqualTo(Reason.INVALID_CLAIM);
  }

  private static ObjectNode object(ObjectNode node, String name) {
    return (ObjectNode) node.get(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp_ms", "gen", "role", "aud", "sid"})
  void duplicateClaimsAreRefused(String claim) {
    ObjectNode claims = Samples.claims(SIGNER.sign(serve()));
    String twice =
        resource("commit.json")
            .replaceFirst("\\{", "{\"" + claim + "\":" + claims.get(claim) + ",");
    assertThat(refused(signed(header("commit+jwt"), twice), NOW)).isEqualTo(Reason.INVALID_CLAIM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "true", "{", "{}", "{} {}", "\u0000", "\ufeff{}"})
  void payloadIsOneObject(String payload) {
    assertThat(refused(signed(header("commit+jwt"), payload), NOW)).isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test
  void unknownClaimsAreIgnored() throws Exception {
    assertThat(VERIFIER.verify(commitWith(c -> c.put("x", 1)), NOW)).isEqualTo(serve());
  }

  @Test
  void aNegativeSkewBoundIsRefused() {
    assertThatThrownBy(() -> new CommitVerifier(PUBLIC, ISSUER, GATE, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
