package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.GATE;
import static io.aipaging.protocol.Samples.ISSUER;
import static io.aipaging.protocol.Samples.KEYS;
import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.PAIR;
import static io.aipaging.protocol.Samples.PUBLIC;
import static io.aipaging.protocol.Samples.encoded;
import static io.aipaging.protocol.Samples.header;
import static io.aipaging.protocol.Samples.reason;
import static io.aipaging.protocol.Samples.resource;
import static io.aipaging.protocol.Samples.serve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.protocol.TokenRejected.Reason;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token has one spelling, and every other is refused with a reason: S-39. */
class JwsEncodingTest {
  private static final Duration SKEW = Duration.ofMillis(250);
  private static final CommitVerifier COMMITS = new CommitVerifier(PUBLIC, ISSUER, GATE, SKEW);
  private static final String PAYLOAD = resource("commit.json");
  private static final String TOKEN = new CommitSigner(KEYS).sign(serve());

  private static Reason refused(String token) {
    return reason(() -> COMMITS.verify(token, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "A", "\n", " ", "=", ".", ".AAAA", "\u00e9"})
  void nothingMayFollowOrPrecedeTheToken(String extra) {
    assertThat(refused(TOKEN + extra)).isEqualTo(Reason.MALFORMED);
    assertThat(refused(extra + TOKEN)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void onlyOneSpellingOfEachPartIsAccepted() {
    String[] parts = TOKEN.split("\\.");
    for (int i = 0; i < parts.length; i++) {
      String[] other = parts.clone();
      other[i] = otherSpelling(parts[i]);
      if (other[i].equals(parts[i])) {
        continue; // no unused bits in this part
      }
      assertThat(refused(String.join(".", other))).as("part " + i).isEqualTo(Reason.MALFORMED);
    }
    assertThat(otherSpelling(parts[2])).as("86 characters have unused bits").isNotEqualTo(parts[2]);
  }

  /** The same bytes with another last character, where base64 leaves bits unused. */
  private static String otherSpelling(String part) {
    byte[] bytes = Base64.getUrlDecoder().decode(part);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (char last : alphabet.toCharArray()) {
      String other = part.substring(0, part.length() - 1) + last;
      if (!other.equals(part) && Arrays.equals(Base64.getUrlDecoder().decode(other), bytes)) {
        return other;
      }
    }
    return part;
  }

  @Test
  void zeroAndTooLargeSignatureNumbersAreRefused() {
    String input = TOKEN.substring(0, TOKEN.lastIndexOf('.') + 1);
    byte[] good = Base64.getUrlDecoder().decode(TOKEN.substring(input.length()));
    byte[] zeroR = good.clone();
    Arrays.fill(zeroR, 0, 32, (byte) 0);
    byte[] zeroS = good.clone();
    Arrays.fill(zeroS, 32, 64, (byte) 0);
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xff);
    for (byte[] bad : List.of(new byte[64], zeroR, zeroS, ones)) {
      assertThat(refused(input + encoded(bad))).isEqualTo(Reason.BAD_SIGNATURE);
    }
  }

  @Test
  void aDerSignatureIsRefused() throws Exception {
    String input = encoded(header("commit+jwt")) + "." + encoded(PAYLOAD);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(PAIR.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    byte[] der = signature.sign();
    assertThat(refused(input + "." + encoded(der))).isEqualTo(Reason.MALFORMED);
    assertThat(refused(input + "." + encoded(Arrays.copyOf(der, 64))))
        .isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void anyChangedCharacterIsRefusedAndNothingElseIsThrown() {
    long seed = 20_261_123L;
    Random random = new Random(seed);
    String alphabet = "AQgwZaz09-_.{\u0000";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder token = new StringBuilder(TOKEN);
      int at = random.nextInt(token.length());
      token.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      if (!token.toString().equals(TOKEN)) {
        assertThat(refused(token.toString())).as("seed %d, step %d", seed, i).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "1",
        "\"x\"",
        "{",
        "",
        "{}",
        "{\"alg\":null}",
        "{\"alg\":5}",
        "{\"alg\":{}}",
        "{\"alg\":\"ES256\",\"typ\":5}",
        "{\"alg\":\"ES256\",\"crit\":null}",
        "{\"alg\":\"ES256\",\"jwk\":{}}",
        "{\"alg\":\"ES256\",\"jwk\":[]}",
        "{\"alg\":\"ES256\",\"kid\":7}",
        "{\"alg\":\"ES256\"} {}",
        "{\"alg\":\"ES256\",\"x5c\":[1]}"
      })
  void oddHeadersAreRefusedAndNothingElseIsThrown(String header) {
    String[] parts = TOKEN.split("\\.");
    String token = encoded(header) + "." + parts[1] + "." + parts[2];
    assertThat(refused(token)).isNotNull();
  }

  @Test
  void deepHeadersAreRefusedWithoutDeepRecursion() {
    String header = "{\"alg\":" + "[".repeat(3_000);
    String[] parts = TOKEN.split("\\.");
    assertThat(refused(encoded(header) + "." + parts[1] + "." + parts[2]))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void rejectionsCarryNothingOfTheToken() {
    String token = Samples.commitWith(c -> c.put("role", "secret\nvalue"));
    TokenRejected rejected =
        catchThrowableOfType(TokenRejected.class, () -> COMMITS.verify(token, NOW));
    assertThat(rejected).hasMessage("role must be serve, drain or end");
  }
}
