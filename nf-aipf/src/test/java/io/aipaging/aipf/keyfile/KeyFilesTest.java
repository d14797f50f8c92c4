package io.aipaging.aipf.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import io.aipaging.protocol.UeHashKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  @TempDir Path directory;

  @Test
  void theFirstFileSignsAndAllArePublished() throws Exception {
    KeyPair one = pair();
    Path first =
        file("one.pem", pem("PRIVATE KEY", one.getPrivate(), "PUBLIC KEY", one.getPublic()));
    KeyPair two = pair();
    Path second =
        file("two.pem", pem("PUBLIC KEY", two.getPublic(), "PRIVATE KEY", two.getPrivate()));
    assertThat(KeyFiles.signing(List.of(first, second)).jwks())
        .hasSize(2)
        .first()
        .isEqualTo(KeyFiles.signing(List.of(first)).jwks().getFirst());
  }

  @Test
  void aFileWithoutAPairIsRefusedByNameAndWithoutItsContent() throws Exception {
    KeyPair one = pair();
    KeyPair two = pair();
    for (String wrong :
        List.of(
            "nothing",
            pem("PRIVATE KEY", one.getPrivate()),
            pem("PUBLIC KEY", one.getPublic()),
            pem("PUBLIC KEY", one.getPublic(), "PUBLIC KEY", one.getPublic()))) {
      Path file = file("wrong.pem", wrong);
      assertThatThrownBy(() -> KeyFiles.signing(List.of(file)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("wrong.pem");
    }
    Path mixed =
        file("mixed.pem", pem("PRIVATE KEY", one.getPrivate(), "PUBLIC KEY", two.getPublic()));
    assertThatThrownBy(() -> KeyFiles.signing(List.of(mixed)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeptKeyIsMadeOnceAndIsForItsOwnerOnly() throws Exception {
    Path file = directory.resolve("store/signing-key.pem");
    assertThat(KeyFiles.kept(file)).isEqualTo(file);
    byte[] made = Files.readAllBytes(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(KeyFiles.signing(List.of(KeyFiles.kept(file))).jwks()).hasSize(1);
    assertThat(Files.readAllBytes(file)).isEqualTo(made);
    assertThat(Files.readAllBytes(KeyFiles.kept(directory.resolve("another.pem"))))
        .isNotEqualTo(made);
  }

  @Test
  void aHalfWrittenKeyOfAnEarlierStartIsReplaced() throws Exception {
    Path file = directory.resolve("signing-key.pem");
    Files.writeString(directory.resolve("signing-key.pem.new"), "-----BEGIN");
    assertThat(KeyFiles.signing(List.of(KeyFiles.kept(file))).jwks()).hasSize(1);
  }

  @Test
  void theHashKeyIsTheFilesBytes() throws Exception {
    Path file = Files.write(directory.resolve("ueh"), new byte[32]);
    SessionId session = new SessionId("session-1");
    UeAddress ue = UeAddress.parse("10.45.0.2");
    assertThat(KeyFiles.ueHash(file).hash(session, ue))
        .isEqualTo(new UeHashKey(new byte[32]).hash(session, ue));
    Path tooShort = Files.write(directory.resolve("short"), new byte[31]);
    assertThatThrownBy(() -> KeyFiles.ueHash(tooShort))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static String pem(Object... labelsAndKeys) {
    StringBuilder pem = new StringBuilder();
    for (int i = 0; i < labelsAndKeys.length; i += 2) {
      String body =
          Base64.getMimeEncoder().encodeToString(((Key) labelsAndKeys[i + 1]).getEncoded());
      pem.append("-----BEGIN " + labelsAndKeys[i] + "-----\n" + body + "\n");
      pem.append("-----END " + labelsAndKeys[i] + "-----\n");
    }
    return pem.toString();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
