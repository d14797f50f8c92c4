package io.aipaging.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevKeysTest {
  @TempDir Path folder;

  @Test
  void aSigningKeyIsMadeOnceAndFoundAgain() throws Exception {
    Path file = folder.resolve("sub/set.key");
    KeyPair made = DevKeys.signingKey(file);
    KeyPair found = DevKeys.signingKey(file);
    assertThat(found.getPublic()).isEqualTo(made.getPublic());
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(found.getPrivate());
    signer.update(new byte[] {1});
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(made.getPublic());
    verifier.update(new byte[] {1});
    assertThat(verifier.verify(signature)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aHashKeyIsMadeOnceAndFoundAgain() throws Exception {
    Path file = folder.resolve("ue.key");
    byte[] made = DevKeys.ueHashKey(file);
    assertThat(made).hasSize(32).isEqualTo(DevKeys.ueHashKey(file));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(DevKeys.ueHashKey(folder.resolve("other.key"))).isNotEqualTo(made);
  }

  @Test
  void aFileThatHoldsSomethingElseIsNotReplaced() throws Exception {
    Path file = Files.writeString(folder.resolve("x"), "something else");
    assertThatThrownBy(() -> DevKeys.signingKey(file)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DevKeys.ueHashKey(file)).isInstanceOf(IllegalArgumentException.class);
    assertThat(file).hasContent("something else");
  }
}
