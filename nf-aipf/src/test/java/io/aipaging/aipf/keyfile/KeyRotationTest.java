package io.aipaging.aipf.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.keys.KeptKeys;
import io.aipaging.aipf.keys.ListedKeys;
import io.aipaging.protocol.SigningKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  @TempDir Path directory;

  private Path file() {
    return KeyFiles.kept(directory.resolve("signing.pem"));
  }

  private static List<String> kids(Path file) {
    return KeyFiles.listed(List.of(file)).keys().stream().map(SigningKeys::kid).toList();
  }

  @Test
  void aFreshKeyComesFirstAndOnlyTheOneBeforeStays() throws Exception {
    Path file = file();
    String one = kids(file).getFirst();
    String two = KeyRotation.rotate(file);
    assertThat(kids(file)).containsExactly(two, one);
    String three = KeyRotation.rotate(file);
    assertThat(kids(file)).containsExactly(three, two);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aRevokedKeyLeavesItsPublicHalfAndAFreshKeyTakesItsPlace() throws Exception {
    Path file = file();
    String one = kids(file).getFirst();
    String two = KeyRotation.revoke(file, one);
    ListedKeys listed = KeyFiles.listed(List.of(file));
    assertThat(listed.keys()).extracting(SigningKeys::kid).containsExactly(two);
    assertThat(listed.revoked()).containsExactly(one);
    assertThat(Files.readString(file)).containsOnlyOnce("END PRIVATE KEY");
    String three = KeyRotation.rotate(file);
    assertThat(KeyRotation.revoke(file, two)).isEqualTo(three);
    assertThat(KeyFiles.listed(List.of(file)).revoked()).containsExactlyInAnyOrder(one, two);
    assertThatThrownBy(() -> KeyRotation.revoke(file, "another"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no key another");
  }

  @Test
  void onlyTheNewestNotesOfRevokedKeysAreKept() {
    Path file = file();
    List<String> gone = new ArrayList<>();
    IntStream.range(0, 20).forEach(i -> revokeFirst(file, gone));
    assertThat(KeyFiles.listed(List.of(file)).revoked())
        .containsExactlyInAnyOrderElementsOf(gone.subList(4, 20));
  }

  private static void revokeFirst(Path file, List<String> gone) {
    gone.add(kids(file).getFirst());
    KeyRotation.revoke(file, gone.getLast());
  }

  @Test
  void aKeyRevokedInOneFileDoesNotSignFromAnother() throws Exception {
    Path file = file();
    Path copy = Files.copy(file, directory.resolve("copy.pem"));
    String one = kids(file).getFirst();
    String two = KeyRotation.revoke(file, one);
    assertThat(KeyFiles.listed(List.of(copy, file)).keys())
        .extracting(SigningKeys::kid)
        .containsExactly(two);
    Path note = directory.resolve("note.pem");
    Files.writeString(note, Files.readString(file).replaceAll("(?s).*(-----BEGIN REVOKED)", "$1"));
    assertThatThrownBy(() -> KeyFiles.listed(List.of(copy, note)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changedFilesAreTakenOnceAndUselessOnesNever() throws Exception {
    Path file = file();
    List<ListedKeys> taken = new ArrayList<>();
    KeyFileWatch watch = KeyFileWatch.of(List.of(file));
    watch.look(taken::add);
    assertThat(taken).isEmpty();
    String two = KeyRotation.rotate(file);
    assertThatThrownBy(
            () ->
                watch.look(
                    listed -> {
                      throw new IllegalStateException("later");
                    }))
        .hasMessage("later");
    watch.look(taken::add); // handed over again
    watch.look(taken::add);
    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().keys().getFirst().kid()).isEqualTo(two);
    String good = Files.readString(file);
    Files.writeString(file, "nonsense");
    watch.look(taken::add);
    Files.delete(file);
    watch.look(taken::add);
    assertThat(taken).hasSize(1);
    Files.writeString(file, good);
    watch.look(taken::add);
    assertThat(taken).hasSize(2);
  }

  @Test
  void aLedgerFileRemembersWhatIsPublishedAndUntilWhen() throws Exception {
    Path file = directory.resolve("keys.json");
    SigningKeys keys = SigningKeys.generate();
    SigningKeys gone = SigningKeys.generate();
    KeptKeys ledger = LedgerFile.open(file, Duration.ofMinutes(5), () -> NOW);
    ledger.publish(keys.jwks());
    ledger.publish(gone.jwks());
    ledger.withdraw(Set.of(gone.kid()));
    Instant last = NOW.plus(Duration.ofMinutes(5)).minusMillis(1);
    assertThat(LedgerFile.open(file, Duration.ZERO, () -> last).published()).isEqualTo(keys.jwks());
    assertThat(LedgerFile.open(file, Duration.ZERO, () -> last.plusMillis(1)).published())
        .isEmpty();
    assertThat(Files.readString(file)).doesNotContain("\"d\"");
    Files.writeString(file, "{\"keys\": [{}]}");
    assertThatThrownBy(() -> LedgerFile.open(file, Duration.ZERO, () -> NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keys.json is damaged");
  }
}
