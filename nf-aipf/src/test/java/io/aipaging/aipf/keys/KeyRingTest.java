package io.aipaging.aipf.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.TokenSigning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final Duration BEFORE = Duration.ofSeconds(60);
  private static final Duration MARGIN = Duration.ofMinutes(5);
  private static final Duration KEEP = Duration.ofHours(1).plus(MARGIN);
  private static final SigningKeys ONE = SigningKeys.generate();
  private static final SigningKeys TWO = SigningKeys.generate();
  private static final SigningKeys THREE = SigningKeys.generate();

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));
  private final List<String> steps = new ArrayList<>();
  private final KeptKeys ledger = KeptKeys.inMemory(KEEP, now::get);

  private KeyRing open(KeyLedger on, SigningKeys... keys) {
    KeyRing.Opening opening =
        new KeyRing.Opening(
            on,
            new KeyRing.Times(BEFORE, MARGIN),
            () -> Duration.between(Instant.EPOCH, now.get()).toNanos(),
            (step, kid) -> steps.add(step + " " + kid));
    return KeyRing.open(opening, listed(keys));
  }

  private static ListedKeys listed(SigningKeys... keys) {
    return new ListedKeys(List.of(keys), Set.of());
  }

  /** Lets time pass as the function does, second by second. */
  private void pass(Duration time, KeyRing... rings) {
    Instant end = now.get().plus(time);
    while (now.get().isBefore(end)) {
      now.set(now.get().plusSeconds(1));
      for (KeyRing ring : rings) {
        ring.tend();
      }
    }
  }

  private static String signs(KeyRing ring) {
    return signs(ring.forType("commit+jwt"));
  }

  private static String signs(TokenSigning.Signer signer) {
    String header = signer.sign("{}").split("\\.", -1)[0];
    String json = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
    return json.replaceFirst(".*\"kid\":\"([^\"]+)\".*", "$1");
  }

  private static Map<String, Object> published(KeyRing ring) {
    Map<String, Object> states = new HashMap<>();
    ring.published().forEach(key -> states.put((String) key.get("kid"), key.get(KeyRing.STATE)));
    return states;
  }

  @Test // L2.16
  void aNewKeyIsPublishedAtOnceAndSignsOnlyWhenItHasBeenForLongEnough() {
    KeyRing ring = open(ledger, ONE);
    TokenSigning.Signer signer = ring.forType("commit+jwt");
    ring.take(listed(TWO, ONE));
    assertThat(published(ring)).isEqualTo(Map.of(ONE.kid(), "SIGNING", TWO.kid(), "PUBLISHED"));
    pass(BEFORE.minusSeconds(1), ring);
    assertThat(signs(signer)).isEqualTo(ONE.kid());
    pass(Duration.ofSeconds(1), ring);
    assertThat(signs(signer)).isEqualTo(TWO.kid());
    assertThat(published(ring)).isEqualTo(Map.of(ONE.kid(), "RETIRING", TWO.kid(), "SIGNING"));
    assertThat(steps).containsExactly("PUBLISHED " + TWO.kid(), "SIGNS " + TWO.kid());
  }

  @Test // L2.16
  void aFormerKeyIsPublishedUntilAllItSignedHasExpiredAndNoLonger() {
    KeyRing ring = open(ledger, ONE);
    pass(Duration.ofHours(3), ring); // in use, it does not end
    assertThat(published(ring)).containsKey(ONE.kid());
    ring.take(listed(TWO)); // its file is gone at once
    pass(BEFORE, ring);
    assertThat(signs(ring)).isEqualTo(TWO.kid());
    pass(KEEP.minusSeconds(1), ring);
    assertThat(published(ring)).containsOnlyKeys(ONE.kid(), TWO.kid());
    pass(Duration.ofSeconds(1), ring);
    assertThat(published(ring)).isEqualTo(Map.of(TWO.kid(), "SIGNING"));
  }

  @Test
  void aRestartGoesOnWhereTheRunBeforeWas() {
    KeyRing before = open(ledger, ONE);
    pass(Duration.ofSeconds(10), before);
    KeyRing waiting = open(ledger, TWO, ONE); // rotated while nobody ran
    assertThat(published(waiting)).containsEntry(TWO.kid(), "PUBLISHED");
    assertThat(signs(waiting)).isEqualTo(ONE.kid());
    pass(BEFORE, waiting);
    assertThat(signs(waiting)).isEqualTo(TWO.kid());
    pass(Duration.ofMinutes(30), waiting);
    KeyRing again = open(ledger, TWO, ONE);
    assertThat(signs(again)).isEqualTo(TWO.kid());
    pass(KEEP.minusMinutes(30), again); // restarts do not keep a former key alive
    assertThat(published(again)).containsOnlyKeys(TWO.kid());
    assertThat(published(open(ledger, TWO, ONE))).containsOnlyKeys(TWO.kid());
  }

  @Test
  void whereNothingIsKnownAllThatIsListedIsPublishedAndTheFirstSigns() {
    KeyRing ring = open(ledger, ONE, TWO);
    assertThat(published(ring)).isEqualTo(Map.of(ONE.kid(), "SIGNING", TWO.kid(), "RETIRING"));
    assertThat(signs(ring)).isEqualTo(ONE.kid());
  }

  @Test // L2.4
  void replicasThatSeeTheFilesAtDifferentTimesPublishTheKeysOfBoth() {
    KeyRing early = open(ledger, ONE);
    KeyRing late = open(ledger, ONE);
    early.take(listed(TWO, ONE));
    pass(BEFORE, early, late);
    assertThat(signs(early)).isEqualTo(TWO.kid());
    assertThat(signs(late)).isEqualTo(ONE.kid());
    pass(KEEP.multipliedBy(2), early, late); // as long as one signs with it, it is published
    assertThat(published(early)).containsKey(ONE.kid());
    assertThat(published(late)).containsKey(TWO.kid());
    late.take(listed(TWO, ONE));
    pass(BEFORE.plus(KEEP), early, late);
    assertThat(published(early)).containsOnlyKeys(TWO.kid());
    assertThat(published(late)).containsOnlyKeys(TWO.kid());
  }

  @Test
  void aRevokedKeyNeitherSignsNorIsPublishedFromTheMomentItIsSeen() {
    KeyRing ring = open(ledger, ONE);
    KeyRing unaware = open(ledger, ONE);
    ring.take(new ListedKeys(List.of(TWO), Set.of(ONE.kid())));
    assertThat(signs(ring)).isEqualTo(TWO.kid());
    assertThat(published(ring)).isEqualTo(Map.of(TWO.kid(), "SIGNING"));
    assertThat(ledger.published()).hasSize(1);
    pass(Duration.ofMinutes(2), ring, unaware); // another replica publishes it again
    assertThat(published(ring)).containsOnlyKeys(TWO.kid());
    assertThat(steps)
        .contains("REVOKED " + ONE.kid(), "SIGNS " + TWO.kid())
        .doesNotHaveDuplicates();
  }

  @Test
  void aKeyRevokedBeforeItSignedNeverDoes() {
    KeyRing ring = open(ledger, ONE);
    ring.take(listed(TWO, ONE));
    ring.take(new ListedKeys(List.of(THREE, ONE), Set.of(TWO.kid())));
    assertThat(published(ring)).isEqualTo(Map.of(ONE.kid(), "SIGNING", THREE.kid(), "PUBLISHED"));
    pass(BEFORE, ring);
    assertThat(signs(ring)).isEqualTo(THREE.kid());
  }

  @Test
  void twoRotationsInARowEndAtTheLast() {
    KeyRing ring = open(ledger, ONE);
    ring.take(listed(TWO, ONE));
    pass(Duration.ofSeconds(10), ring);
    ring.take(listed(THREE, TWO));
    pass(BEFORE.minusSeconds(1), ring);
    assertThat(signs(ring)).isEqualTo(ONE.kid());
    pass(Duration.ofSeconds(1), ring);
    assertThat(signs(ring)).isEqualTo(THREE.kid());
  }

  @Test
  void aKeyThatCannotBeKeptDoesNotSignAndIsTriedAgain() {
    AtomicReference<Boolean> full = new AtomicReference<>(false);
    KeptKeys mortal =
        new KeptKeys(
            List.of(),
            KEEP,
            now::get,
            kept -> {
              if (full.get()) {
                throw new IllegalStateException("no room");
              }
            });
    KeyRing ring = open(mortal, ONE);
    full.set(true);
    assertThatThrownBy(() -> ring.take(listed(TWO, ONE))).hasMessage("no room");
    full.set(false);
    pass(BEFORE.multipliedBy(2), ring);
    assertThat(signs(ring)).isEqualTo(ONE.kid());
    ring.take(listed(TWO, ONE));
    full.set(true);
    now.set(now.get().plus(BEFORE));
    assertThatThrownBy(ring::tend).hasMessage("no room");
    assertThat(signs(ring)).isEqualTo(ONE.kid());
    full.set(false);
    ring.tend();
    assertThat(signs(ring)).isEqualTo(TWO.kid());
  }

  @Test // L2.17
  void aSetThatWouldPublishTooManyKeysKeepsToThoseItHas() {
    KeyRing ring = open(ledger, ONE);
    for (int i = 1; i < KeyRegistry.KEYS_MAX; i++) {
      ring.take(listed(SigningKeys.generate()));
    }
    assertThatThrownBy(() -> ring.take(listed(TWO)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("17 keys");
    assertThat(published(ring)).hasSize(KeyRegistry.KEYS_MAX).doesNotContainKey(TWO.kid());
    pass(BEFORE.plus(KEEP), ring);
    ring.take(listed(TWO));
    assertThat(published(ring)).containsKey(TWO.kid());
  }

  @Test
  void aKeyIsNotListedAndRevoked() {
    assertThatThrownBy(() -> new ListedKeys(List.of(ONE), Set.of(ONE.kid())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ListedKeys(List.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
