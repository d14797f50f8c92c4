package io.aipaging.aipf.keyfile;

import io.aipaging.protocol.SigningKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

/** Changes of a key file, each in one step: who reads it meanwhile sees the old or the new one. */
public final class KeyRotation {
  private static final int REVOKED_MAX = 16;

  private KeyRotation() {}

  /**
   * Puts a fresh key first. The one before stays, to sign until the fresh one is published long
   * enough; older ones go, for an AIPF publishes without their file what they signed.
   *
   * @return id of the fresh key
   * @throws IllegalArgumentException when {@code file} is no key file
   * @throws UncheckedIOException when it cannot be read or written
   */
  public static String rotate(Path file) {
    KeyFileText old = KeyFileText.read(file);
    KeyPair fresh = KeyFiles.freshPair();
    write(file, new KeyFileText(List.of(fresh, old.pairs().getFirst()), old.revoked()));
    return SigningKeys.kid(fresh.getPublic());
  }

  /**
   * Replaces the private key {@code kid} by the note that it is revoked, and puts a fresh key first
   * if it was the first. Only the newest 16 notes are kept.
   *
   * @return id of the key that is first now
   * @throws IllegalArgumentException when there is no such key in {@code file}
   * @throws UncheckedIOException when it cannot be read or written
   */
  public static String revoke(Path file, String kid) {
    KeyFileText old = KeyFileText.read(file);
    List<KeyPair> left = new ArrayList<>(old.pairs());
    PublicKey gone =
        left.stream()
            .map(KeyPair::getPublic)
            .filter(key -> SigningKeys.kid(key).equals(kid))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(file + " holds no key " + kid));
    boolean first = left.getFirst().getPublic().equals(gone);
    left.removeIf(pair -> pair.getPublic().equals(gone));
    if (first) {
      left.addFirst(KeyFiles.freshPair());
    }
    List<PublicKey> revoked = new ArrayList<>(old.revoked());
    revoked.add(gone);
    int spare = Math.max(0, revoked.size() - REVOKED_MAX);
    write(file, new KeyFileText(left, revoked.subList(spare, revoked.size())));
    return SigningKeys.kid(left.getFirst().getPublic());
  }

  private static void write(Path file, KeyFileText text) {
    try {
      KeyFiles.write(file, text.text());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }
}
