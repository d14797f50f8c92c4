package io.aipaging.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;

/**
 * Keys that a development set-up makes for itself on its first start and finds again on later ones.
 * Files have mode 0600.
 */
public final class DevKeys {
  private static final int UE_HASH_KEY_BYTES = 32;

  private DevKeys() {}

  /**
   * The ES256 key pair in {@code file} (PKCS #8 PEM), made when the file is absent.
   *
   * @throws IllegalArgumentException when the file holds something else
   */
  public static KeyPair signingKey(Path file) {
    if (Files.exists(file)) {
      return Pem.toKey(SecretFiles.read(file));
    }
    KeyPair pair = Pem.newKeyPair();
    makeFolder(file);
    SecretFiles.writeSecret(file, Pem.ofKey(pair));
    return pair;
  }

  /**
   * The 32 bytes in {@code file} that UE addresses are hashed with, made when the file is absent.
   *
   * @throws IllegalArgumentException when the file has another length
   */
  public static byte[] ueHashKey(Path file) {
    if (Files.exists(file)) {
      byte[] key = SecretFiles.read(file);
      if (key.length != UE_HASH_KEY_BYTES) {
        throw new IllegalArgumentException(file + " must have 32 bytes");
      }
      return key;
    }
    byte[] key = new byte[UE_HASH_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    makeFolder(file);
    SecretFiles.writeSecret(file, key);
    return key;
  }

  private static void makeFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      SecretFiles.folder(folder);
    }
  }
}
